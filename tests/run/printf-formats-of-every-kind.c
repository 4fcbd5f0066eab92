// out: [   42][42   ][00042][+42][ 42][ff][FF][0xff][10][c][%]
// out: [-1][-2][-3][-4][5][-6][7]
// out: [1.500000][2.35][1.234568e+04][1e-10][     3.142][1.0e-03   ][0x1p+0]
// out: [str][tru][     right][left      ][    42][xy]
#include <stdio.h>
#include <stddef.h>
#include <stdint.h>
int main(void)
{
    printf("[%5d][%-5d][%05d][%+d][% d][%x][%X][%#x][%o][%c][%%]\n", 42, 42, 42, 42, 42, 255, 255, 255, 8, 'c');
    printf("[%hd][%hhd][%ld][%lld][%zu][%td][%jd]\n", (short)-1, (signed char)-2, -3L, -4LL, (size_t)5, (ptrdiff_t)-6, (intmax_t)7);
    printf("[%f][%.2f][%e][%g][%10.3f][%-10.1e][%a]\n", 1.5, 2.345, 12345.678, 1e-10, 3.14159, 0.001, 1.0);
    printf("[%s][%.3s][%10s][%-10s][%*d][%.*s]\n", "str", "truncate", "right", "left", 6, 42, 2, "xyz");
    return 0;
}
