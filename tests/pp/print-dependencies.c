// run: cd %S && %idem cc -MM -MP -I input -isystem input/angle print-dependencies.c
// run: %idem cc -M -I input -isystem input/angle print-dependencies.c
// out: print-dependencies.o: print-dependencies.c input/plain.h input/guarded.h
// out: input/plain.h:
// out: input/guarded.h:
// out: print-dependencies.o: print-dependencies.c input/plain.h input/guarded.h \
// out:  input/angle/sys.h
#include "plain.h"
#include "guarded.h"
#include "plain.h"
#include <sys.h>
