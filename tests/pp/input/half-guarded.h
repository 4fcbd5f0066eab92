#ifndef HALF
#define HALF
first
#endif
always
