// run: %idem cc -E -P -I %S/input %s
// out: plain
// out: plain
// out: plain
#define NAME "plain.h"
#define STR(x) #x
#define XSTR(x) STR(x)
#define ANGLE <plain.h>
#include NAME
#include XSTR(plain.h)
#include ANGLE
