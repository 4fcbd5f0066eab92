// run: cd %S && %idem cc -E -I input print-line-marks.c
// out: # 1 "print-line-marks.c"
// out: # 1 "input/plain.h" 1
// out: plain
// out: # 17 "print-line-marks.c" 2
// out: a
// out:
// out: b 1 2
// out:
// out:
// out:    c
// out: # 33 "print-line-marks.c"
// out: d
// out: # 77 "other.c"
// out: e
#include "plain.h"
a
#define f(x, y) x y
b f(1,


2) c










d
#line 77 "other.c"
e
