// out: 1 static storage Copy
// out: 0
#include <stdio.h>
static const char *f(void) { return "static storage"; }
int main(void)
{
    const char *a = f(), *b = f();
    char buf[] = "copy";
    buf[0] = 'C';
    printf("%d %s %s\n", a == b, a, buf);
    const char *end = "tail" + 4;
    printf("%d\n", *end);
    return 0;
}
