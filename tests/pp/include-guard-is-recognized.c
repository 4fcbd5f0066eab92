// run: %idem cc -E -P -I %S/input %s
// out: guarded
// out: guarded
// out: guarded-if
#include "guarded.h"
#include "guarded.h"
#undef GUARDED_H
#include "guarded.h"
#include "guarded-if.h"
#include "guarded-if.h"
