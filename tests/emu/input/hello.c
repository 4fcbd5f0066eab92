/* exit: 3 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    printf("hello %d %s %s %.17g\n", argc, argv[1], getenv("COLOUR") ? getenv("COLOUR") : "(none)", 0.1 * argc);
    char *p = malloc(10 << 20);
    memset(p, 1, 10 << 20);
    fprintf(stderr, "%d\n", p[(10 << 20) - 1]);
    return argc;
}
