// out: 17884 hello world
// break and continue find their own statement; a case label inside a loop of the switch (Duff's device).
#include <stdio.h>
static void duff(char *to, const char *from, int count)
{
    int n = (count + 3) / 4;
    switch (count % 4) {
    case 0: do { *to++ = *from++;
    case 3: *to++ = *from++;
    case 2: *to++ = *from++;
    case 1: *to++ = *from++;
            } while (--n > 0);
    }
}
int main(void)
{
    int r = 0;
    char b[12] = "";
    for (int i = 0; i < 6; i++) {
        switch (i) {
        case 1: continue;
        case 2: switch (r) { case 0: r += 1; default: r += 10; break; } r += 100; break;
        case 3: for (;;) { if (r > 2000) break; r += 500; } break;
        case 5: while (1) { switch (r & 1) { case 0: r++; continue; case 1: r += 4; } break; }
        default: r += 3;
        }
        r *= 2;
    }
    duff(b, "hello world", 11);
    printf("%d %s\n", r, b);
    return 0;
}
