// out: 80ddfaa8465ff2ae
// out: 3 -3 -3 3
// out: 1 -1 1 -1
// Division truncates toward zero, and (a/b)*b + a%b == a (6.5.5p6).
#include <stdio.h>
int main(void)
{
    static const int v[] = { 0, 1, -1, 2, -2, 3, -3, 7, -7, 10, -10, 100, -100, 0x7fffffff, -0x7fffffff, 12345678, -87654321 };
    unsigned long h = 0;
    int n = sizeof v / sizeof *v;
    for (int i = 0; i < n; i++)
        for (int j = 1; j < n; j++) {
            int a = v[i], b = v[j];
            long la = a * 4294967297L, lb = b;
            if (a / b * b + a % b != a || la / lb * lb + la % lb != la)
                printf("bad %d %d\n", a, b);
            h = h * 31 + (unsigned)(a / b) + (unsigned)(a % b) * 7 + (unsigned long)(la / lb) * 3 + (unsigned long)(la % lb);
        }
    printf("%lx\n", h);
    printf("%d %d %d %d\n", 7 / 2, -7 / 2, 7 / -2, -7 / -2);
    printf("%d %d %d %d\n", 7 % 2, -7 % 2, 7 % -2, -7 % -2);
    return 0;
}
