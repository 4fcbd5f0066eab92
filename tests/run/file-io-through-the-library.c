// out: 3 42 2.5 word 13
#include <stdio.h>
int main(void) { FILE *f = tmpfile(); int a; double b; char c[10]; if (!f) return 1; fprintf(f, "%d %.3f %s\n", 42, 2.5, "word"); rewind(f); int n = fscanf(f, "%d %lf %9s", &a, &b, c); printf("%d %d %g %s %ld\n", n, a, b, c, ftell(f)); return fclose(f); }
