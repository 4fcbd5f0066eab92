// out: f main main 103 renamed.c
// out: 201710 1 1 8 3
// out: 8 1 8 1
// out: 5 1
#include <stdio.h>
#line 100 "renamed.c"
static const char *f(void) { return __func__; }
int main(void)
{
    printf("%s %s %s %d %s\n", f(), __FUNCTION__, __PRETTY_FUNCTION__, __LINE__, __FILE__);
    printf("%ld %d %d %d %d\n", __STDC_VERSION__, __STDC__, __STDC_HOSTED__, __CHAR_BIT__, __x86_64__ + __linux__ + __LP64__);
    printf("%d %d %d %d\n", __SIZEOF_POINTER__, __INT_MAX__ == 2147483647, (int)sizeof(__SIZE_TYPE__), __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
    printf("%d %d\n", (int)sizeof __func__, __COUNTER__ + __COUNTER__);
    return 0;
}
