// run: %idem cc -E -P -I %S/input/next1 -I %S/input/next2 %s
// out: first
// out: second
#include <next.h>
