// exit: 1
// err: missing-braces-recover.c:8:21: error: expected ')' before '{' token
// err:  int f(int a) { if (a { return 1; } return 0; }
// err:                      ^
// err: missing-braces-recover.c:9:22: error: 'undeclared_here' undeclared (first use in this function)
// err:  int g(void) { return undeclared_here; }
// err:                       ^~~~~~~~~~~~~~~
int f(int a) { if (a { return 1; } return 0; }
int g(void) { return undeclared_here; }
