// run: %idem cc -E -P -I %S/input %s
// out: f
// out: (1)
#define f(x) [x]
#include "ends-with-f.h"
(1)
