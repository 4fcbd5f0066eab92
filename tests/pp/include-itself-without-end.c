// run: %idem cc -E -P -I %S/input %s
// exit: 1
// err~: #include nested depth
// out~: 
#include "self.h"
