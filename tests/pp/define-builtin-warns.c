// err~: "__LINE__" redefined
// err~: undefining "__FILE__"
// out: 3 __FILE__
#define __LINE__ 3
#undef __FILE__
__LINE__ __FILE__
