// run: %idem cc -E -P -iquote %S/input -I %S/input/angle %s
// out: beside in angle
#include <beside.h>
