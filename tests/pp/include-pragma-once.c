// run: %idem cc -E -P -I %S/input %s
// out: once
#include "once.h"
#include "./once.h"
#include "../input/once.h"
#include "once.h"
