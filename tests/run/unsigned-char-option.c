// run: for o in -funsigned-char -fsigned-char ""; do %idem cc $o %s -o %t/a && %t/a; done
// needs: musl-gcc
// out: 255 1
// out: -1 0
// out: -1 0
#include <limits.h>
int printf(const char *, ...);
int main(void) { char c = 0xff; printf("%d %d\n", c, CHAR_MIN == 0); return 0; }
