// exit: 1
// err: parenthesis-missing-in-call.c:6:28: error: expected ')' before ';' token
// err:  int f(void) { return g(1, 2; }
// err:                             ^
int g(int, int);
int f(void) { return g(1, 2; }
int ok(void) { return g(1, 2); }
