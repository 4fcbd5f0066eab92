// out: two
#define X 2
#if X == 1
one
#elif X == 2
two
#elif X == 2
no
#elif 1 / 0
no
#else
no
#endif
