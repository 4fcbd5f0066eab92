// exit: 1
// err: refused-nested-function.c:8:20: error: a nested function is not supported
// err:  int f(int a) { int g(int b) { return b; } return g(a); }
// err:                     ^
// err: refused-nested-function.c:8:50: warning: implicit declaration of function 'g' [-Wimplicit-function-declaration]
// err:  int f(int a) { int g(int b) { return b; } return g(a); }
// err:                                                   ^
int f(int a) { int g(int b) { return b; } return g(a); }
int ok(void) { return 1; }
