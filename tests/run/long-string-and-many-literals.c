// out: 10001 9 100 01234567892 0
#include <stdio.h>
#include <string.h>
#define A "0123456789"
#define B A A A A A A A A A A
#define C B B B B B B B B B B
#define D C C C C C C C C C C
static const char s[] = D; static const char *p[] = { A "1", A "2", A, B, A "1" };
int main(void) { printf("%d %c %d %s %d\n", (int)sizeof s, s[9999], (int)strlen(p[3]), p[1], strcmp(p[0], p[4])); return 0; }
