// run: %idem cc -w -O2 -D_FORTIFY_SOURCE=2 %s -o %t/a
// run: %t/a
// needs: musl-gcc
// out: helxx, world 3 2.5 5
// out: 3 2.5
// out: 6 3 2.5!
// out: 14 7-s-1.5 7-s-1.5
// out: abc. xyz
// Nothing but a macro to musl; glibc calls __builtin___memcpy_chk and its kin.
#include <string.h>
#include <stdio.h>
#include <stdarg.h>
static int say(char *b, size_t n, const char *f, ...) { va_list ap, aq; va_start(ap, f); va_copy(aq, ap); int r = vsnprintf(b, n, f, ap); r += vsprintf(b + 20, f, aq); va_end(ap); va_end(aq); return r; }
int main(void)
{
    char a[64], b[64];
    strcpy(a, "hello"); strcat(a, ", "); strncat(a, "world!", 5); memcpy(b, a, 20); memmove(b + 1, b, 10); memset(a + 3, 'x', 2);
    printf("%s %.15s %d\n", a, b, sprintf(b, "%d %g", 3, 2.5)); puts(b); printf("%d %s\n", snprintf(a, sizeof a, "%s!", b), a);
    printf("%d %s %s\n", say(a, 20, "%d-%s-%g", 7, "s", 1.5), a, a + 20); *stpcpy(a, "abc") = '.'; strncpy(b, "xyz", 3); printf("%.4s %.3s\n", a, b);
    return 0;
}
