// exit: 1
// err~: no-such-file.h: No such file or directory
// out: before
before
#include "no-such-file.h"
after
