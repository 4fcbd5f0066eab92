// out: aBabcdef 8 cdef bcdef 0
// out: -31 511 2500 122
// out: ----- 1 42
// out: 00042|l
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void)
{
    char b[32], *e;
    strcpy(b, "abc"); strcat(b, "def"); memmove(b + 2, b, 7); b[1] = toupper(b[1]);
    printf("%s %d %s %s %d\n", b, (int)strlen(b), strstr(b, "cd"), strrchr(b, 'b'), strncmp("abcx", "abcy", 3));
    long l = strtol("-0x1fz", &e, 16);
    printf("%ld %lu %g %d\n", l, strtoul("777", 0, 8), strtod("2.5e3", 0), *e);
    memset(b, '-', 5); b[5] = 0;
    printf("%s %d %d\n", b, memcmp("a\0b", "a\0c", 3) < 0, atoi("42"));
    snprintf(b, 8, "%05d|%s", 42, "long text"); printf("%s\n", b);
    return 0;
}
