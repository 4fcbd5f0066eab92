#include <stdio.h>
static int f(int x)
{
    int r = 0;
    switch (x) {
    case 1: r += 1;
    case 2: r += 10; break;
    default: r += 100;
    case 3: r += 1000; if (x == 3) break;
    case 4: { r += 10000; break; case 5: r += 7; }
    }
    return r;
}
int main(void) { for (int i = 0; i < 7; i++) printf("%d ", f(i)); printf("\n"); return 0; }
