// run: %idem cc -E -P -I %S/input %s
// out: plain
#import "plain.h"
#import "plain.h"
#include "plain.h"
