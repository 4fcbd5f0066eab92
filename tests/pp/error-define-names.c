// exit: 1
// err~: no macro name given in #define directive
// err~: macro names must be identifiers
// err~: "defined" cannot be used as a macro name
// err~: no macro name given in #undef directive
// err~: no macro name given in #ifdef directive
// out: after
#define
#define 3
#define defined
#undef
#undef "x"
#ifdef
#endif
#ifndef 3
#endif
after
