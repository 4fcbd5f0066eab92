#pragma GCC system_header
#define A 1
#define A 2
#warning silent
A
