// L, u, U and u8 strings: element types, sizes, surrogates, concatenation with an unprefixed one.
#include <stddef.h>
#include <stdio.h>
#include <wchar.h>
typedef unsigned short c16;
typedef unsigned int c32;
int main(void)
{
    static const wchar_t w[] = L"a\u00e9\u20ac\U0001F600" "z";
    static const c16 u[] = u"a\u00e9\u20ac\U0001F600" "z";
    static const c32 U[] = U"a\u00e9\u20ac\U0001F600z";
    static const char s[] = u8"a\u00e9\u20ac\U0001F600z";
    static const char t[] = "aé€😀z";
    for (unsigned i = 0; i < sizeof w / sizeof *w; i++) printf("%x ", (unsigned)w[i]);
    printf("\n");
    for (unsigned i = 0; i < sizeof u / sizeof *u; i++) printf("%x ", u[i]);
    printf("\n");
    for (unsigned i = 0; i < sizeof U / sizeof *U; i++) printf("%x ", U[i]);
    printf("\n");
    for (unsigned i = 0; i < sizeof s; i++) printf("%x ", (unsigned char)s[i]);
    printf("\n");
    for (unsigned i = 0; i < sizeof t; i++) printf("%x ", (unsigned char)t[i]);
    printf("\n%d\n", (int)wcslen(L"x" "yz"));
    return 0;
}
