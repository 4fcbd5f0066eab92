// exit: 1
// err: call-too-many-arguments.c:9:27: error: too many arguments to function 'g'
// err:  int f(void) { return g(1, 2, 3); }
// err:                            ^
// err: call-too-many-arguments.c:8:5: note: declared here
// err:  int g(int a);
// err:      ^
int g(int a);
int f(void) { return g(1, 2, 3); }
