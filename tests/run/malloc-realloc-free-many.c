// out: 29800
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void) { char *p[200]; unsigned s = 0; for (int i = 0; i < 200; i++) { p[i] = malloc(i + 1); memset(p[i], i, i + 1); } for (int i = 0; i < 200; i += 2) { p[i] = realloc(p[i], 1000); s += (unsigned char)p[i][i]; } for (int i = 0; i < 200; i++) { s += (unsigned char)p[i][0]; free(p[i]); } printf("%u\n", s); return 0; }
