// out: 3
#include <stdio.h>
int main(void) { volatile int z = 0, x = 10; int r = z ? x / z : -1; r += z && x % z; r += sizeof(1 / 0); if (z) r = 5 / 0; printf("%d\n", r); return 0; }
