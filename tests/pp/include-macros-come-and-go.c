// run: %idem cc -E -P -I %S/input %s
// out: 2 3
#define SET 1
#include "defines.h"
SET FROM_HEADER
