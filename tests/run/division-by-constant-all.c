// out: 0
// Division and remainder by constants of every shape against division by a variable.
#include <stdio.h>
static int bad;
static const unsigned long edge[] = { 0, 1, 2, 3, 5, 6, 7, 9, 10, 99, 100, 127, 128, 255, 256, 641, 1000, 65535, 65536, 0x7ffffffe, 0x7fffffff, 0x80000000, 0x80000001,
    0xfffffffe, 0xffffffff, 0x100000000, 0x100000001, 0x7ffffffffffffffe, 0x7fffffffffffffff, 0x8000000000000000, 0x8000000000000001, 0xfffffffffffffffe, 0xffffffffffffffff,
    0x123456789abcdef, 0xdeadbeefcafebabe };
#define T(type, d) do { volatile type v = (type)(d); for (unsigned i = 0; i < sizeof edge / sizeof *edge; i++) { type x = (type)edge[i]; \
    if (v == (type)-1 && (type)-1 < 0 && x == (type)((type)1 << (sizeof(type) * 8 - 1))) continue; \
    if (x / (type)(d) != x / v || x % (type)(d) != x % v) { bad++; printf(#type " %lx by %ld\n", (long)x, (long)(d)); } } } while (0)
#define D(d) T(int, d); T(unsigned, d); T(long, d); T(unsigned long, d); T(short, d); T(unsigned short, d)
#define S(d) D(d); T(int, -(d)); T(long, -(long)(d))
int main(void)
{
    S(1); S(2); S(3); S(4); S(5); S(6); S(7); S(8); S(9); S(10); S(11); S(12); S(13); S(14); S(15); S(16); S(17); S(19); S(21); S(23); S(25); S(28);
    S(31); S(32); S(33); S(60); S(63); S(64); S(65); S(100); S(125); S(127); S(128); S(255); S(256); S(641); S(1000); S(1024); S(3600); S(10000); S(16384); S(32767);
    T(int, 65536); T(int, 1000000007); T(int, 0x7fffffff); T(int, 0x40000000); T(unsigned, 0x80000000u); T(unsigned, 0x80000001u); T(unsigned, 0xffffffffu); T(unsigned, 0xfffffffeu);
    T(long, 0x100000000); T(long, 1000000000000); T(long, 0x7fffffffffffffff); T(long, 0x4000000000000000); T(long, -0x7fffffffffffffff);
    T(unsigned long, 0x8000000000000000u); T(unsigned long, 0x8000000000000001u); T(unsigned long, 0xffffffffffffffffu); T(unsigned long, 10000000000000000000u);
    T(unsigned long, 0x5555555555555555); T(int, -2147483647 - 1); T(long, -0x7fffffffffffffff - 1);
    printf("%d\n", bad);
    return 0;
}
