// out: 40 5
#include <stdio.h>
int main(void)
{
    int i = 0, s = 0;
again:
    if (i < 5) { s += i++; goto again; }
    goto in;
    { int skipped = 7; s = 1000; in: skipped = 1; s += skipped; }
    for (int k = 0; k < 3; k++) { if (k == 2) goto out; for (;;) { s += 10; goto next; } next: ; }
out:
    do { if (s < 40) { s++; continue; } goto end; } while (1);
end:
    printf("%d %d\n", s, i);
    return 0;
}
