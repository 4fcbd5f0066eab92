// err: undeclared-function-is-implicit.c:4:22: warning: implicit declaration of function 'undeclared' [-Wimplicit-function-declaration]
// err:  int f(void) { return undeclared(1) + undeclared(2); }
// err:                       ^~~~~~~~~~
int f(void) { return undeclared(1) + undeclared(2); }
