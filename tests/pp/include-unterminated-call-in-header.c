// run: %idem cc -E -P -I %S/input %s
// exit: 1
// err~: unterminated argument list invoking macro "f"
// out: f
// out: 1)
#define f(x) [x]
#include "open-call.h"
1)
