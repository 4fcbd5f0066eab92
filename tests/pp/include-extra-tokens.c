// run: %idem cc -E -P -I %S/input %s
// err~: extra tokens at end of #include directive
// out: plain
#include "plain.h" x y
