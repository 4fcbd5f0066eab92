#include <stdio.h>
#include <string.h>
int main(void)
{
    static const char s[] = "a\0b\x41" "1\101" "\1012\n\"\\\e";
    for (unsigned i = 0; i < sizeof s; i++)
        printf("%02x ", (unsigned char)s[i]);
    printf("\n%d %d %d\n", (int)sizeof "", (int)sizeof "abc" "def", (int)strlen("x\0y"));
    printf("%c %c %s\n", "hello"[1], *"world", &"hello"[3]);
    printf("%s\n", "multi" " part "
           "string");
    return 0;
}
