// run: %idem cc -E -P -I %S/input %s
// out: first
// out: always
// out: always
#include "half-guarded.h"
#include "half-guarded.h"
