// out: 84 5
#include <stdio.h>
static int run(const unsigned char *p)
{
    static const void *const go[] = { &&halt, &&push, &&add, &&mul, &&dup, &&jnz, &&dec };
    int st[16], *s = st;
    goto *go[*p++];
push: *s++ = *p++; goto *go[*p++];
add: s--; s[-1] += s[0]; goto *go[*p++];
mul: s--; s[-1] *= s[0]; goto *go[*p++];
dup: *s = s[-1]; s++; goto *go[*p++];
dec: s[-1]--; goto *go[*p++];
jnz: if (s[-1]) p += (signed char)*p + 1; else p++; goto *go[*p++];
halt: return s[-1];
}
int main(void)
{
    static const unsigned char a[] = { 1, 6, 1, 7, 3, 4, 2, 0 }, b[] = { 1, 10, 6, 5, (unsigned char)-3, 1, 5, 2, 0 };
    printf("%d %d\n", run(a), run(b));
    return 0;
}
