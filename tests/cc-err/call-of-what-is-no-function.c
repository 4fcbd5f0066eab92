// exit: 1
// err: call-of-what-is-no-function.c:9:22: error: called object 'x' is not a function or function pointer
// err:  int f(void) { return x(1); }
// err:                       ^
// err: call-of-what-is-no-function.c:8:5: note: declared here
// err:  int x;
// err:      ^
int x;
int f(void) { return x(1); }
