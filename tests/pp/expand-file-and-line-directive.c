// out: "a\\b\"c.c" 7
// out: 30
#line 7 "a\\b\"c.c"
__FILE__ __LINE__
#define LN 30
#line LN
__LINE__
