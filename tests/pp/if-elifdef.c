// out: b
// out: c
#define B
#ifdef A
a
#elifdef B
b
#else
c
#endif
#ifdef A
#elifndef B
b
#elifndef C
c
#endif
