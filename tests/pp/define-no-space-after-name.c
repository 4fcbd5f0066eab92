// err~: ISO C99 requires whitespace after the macro name
// out: +1 "x"
#define A+1
#define B"x"
A B
