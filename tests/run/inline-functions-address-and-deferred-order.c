// out: 1 2
#include <stdio.h>
static inline int one(void); static inline int two(void);
static int (*const table[])(void) = { one, two };
static inline int three(void) { return 3; }
static inline int two(void) { return three() - 1; }
static inline int one(void) { return two() - 1; }
int main(void) { printf("%d %d\n", table[0](), table[1]()); return 0; }
