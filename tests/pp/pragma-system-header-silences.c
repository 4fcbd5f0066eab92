// run: %idem cc -E -P -I %S/input %s
// out: 2
// out: after
#include "system.h"
after
