// out: 97 10 9 92 39 34 63
// out: 0 7 63 -1 65
// out: 7 8 12 13 11 27
// out: -1 255 1
// out: 8364 233 128512
// out: 4 2 4
// out: 255 65535
#include <stdio.h>
#include <wchar.h>
int main(void)
{
    printf("%d %d %d %d %d %d %d\n", 'a', '\n', '\t', '\\', '\'', '"', '\?');
    printf("%d %d %d %d %d\n", '\0', '\7', '\77', '\377', '\x41');
    printf("%d %d %d %d %d %d\n", '\a', '\b', '\f', '\r', '\v', '\e');
    printf("%d %d %d\n", '\xff', (unsigned char)'\xff', 'ab' == ('a' << 8 | 'b'));
    printf("%d %d %d\n", (int)L'\u20ac', (int)u'\u00e9', (int)U'\U0001F600');
    printf("%d %d %d\n", (int)sizeof L'a', (int)sizeof u'a', (int)sizeof U'a');
    printf("%d %d\n", (int)L'\xff', (int)u'\xffff');
    return 0;
}
