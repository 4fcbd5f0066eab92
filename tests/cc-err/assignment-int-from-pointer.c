// err: assignment-int-from-pointer.c:10:29: warning: assignment to 'int' from 'char *' makes integer from pointer without a cast [-Wint-conversion]
// err:  int f(char *p) { int x; x = p; return x; }
// err:                              ^
// err: assignment-int-from-pointer.c:11:25: warning: initialization of 'int *' from 'int' makes pointer from integer without a cast [-Wint-conversion]
// err:  int *g(void) { int *p = 5; return p; }
// err:                          ^
// err: assignment-int-from-pointer.c:12:23: warning: returning 'int' from a function with return type 'int *' makes pointer from integer without a cast [-Wint-conversion]
// err:  int *h(void) { return 7; }
// err:                        ^
int f(char *p) { int x; x = p; return x; }
int *g(void) { int *p = 5; return p; }
int *h(void) { return 7; }
