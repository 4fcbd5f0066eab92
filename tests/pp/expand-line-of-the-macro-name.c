// out: 100 a 100 101
// out: 102 102
#define L __LINE__
#define f(x) x L
#line 100
L f(a
) __LINE__
f(__LINE__
)
