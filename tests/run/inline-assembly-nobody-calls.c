// out: 1
// Headers have inline functions with assembly that cannot be compiled yet; that is an error only where one is used.
#include <stdio.h>
static inline unsigned swap(unsigned x) { __asm__("bswapl %0" : "=r" (x) : "0" (x)); return x; }
static inline void pause(void) { __asm__ volatile ("pause" ::: "memory"); }
extern inline __attribute__((gnu_inline)) long get(const long *p) { long r; asm("nop" : [r] "=r"(r) : [p] "m"(*(p + (1 ? 0 : 1)))); return r; }
int main(void) { printf("%d\n", 1); return 0; }
