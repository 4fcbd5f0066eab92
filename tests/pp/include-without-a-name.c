// exit: 1
// err~: #include expects "FILENAME" or <FILENAME>
// err~: empty filename in #include
// err~: missing terminating > character
// out: after
#include
#include foo
#include ""
#include <open
after
