// exit: 1
// err: call-with-trailing-comma.c:9:27: error: expected expression before ')' token
// err:  int f(void) { return g(1, ) + __builtin_abs(1, ); }
// err:                            ^
// err: call-with-trailing-comma.c:9:48: error: expected expression before ')' token
// err:  int f(void) { return g(1, ) + __builtin_abs(1, ); }
// err:                                                 ^
int g(int);
int f(void) { return g(1, ) + __builtin_abs(1, ); }
