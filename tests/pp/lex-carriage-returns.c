// out: 1 + 2
// out: yes
#define A 1 \
 + 2
A
#if 0
no
#else
yes
#endif
