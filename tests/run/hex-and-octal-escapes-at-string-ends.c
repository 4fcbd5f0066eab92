// out: 2 3 49 3 56 ABC
#include <stdio.h>
int main(void) { static const char a[] = "\x4", b[] = "\0001", c[] = "\18", d[] = "\x41\x42" "C"; printf("%d %d %d %d %d %s\n", (int)sizeof a, (int)sizeof b, b[1], (int)sizeof c, c[1], d); return 0; }
