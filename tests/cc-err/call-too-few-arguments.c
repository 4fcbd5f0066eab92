// exit: 1
// err: call-too-few-arguments.c:9:22: error: too few arguments to function 'g'
// err:  int f(void) { return g(1); }
// err:                       ^
// err: call-too-few-arguments.c:8:5: note: declared here
// err:  int g(int a, int b);
// err:      ^
int g(int a, int b);
int f(void) { return g(1); }
