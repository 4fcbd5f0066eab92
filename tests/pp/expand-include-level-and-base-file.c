// run: %idem cc -E -P -I %S/input %s
// out: 1 "tests/pp/expand-include-level-and-base-file.c"
// out: 0
#include "level.h"
__INCLUDE_LEVEL__
