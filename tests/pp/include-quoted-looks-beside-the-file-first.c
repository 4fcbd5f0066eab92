// run: %idem cc -E -P -I %S/input/angle %s
// out: beside in input
#include "input/beside.h"
