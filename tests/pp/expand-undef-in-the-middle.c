// out: 1
// out: a
#define a 1
a
#undef a
a
#undef nothing
