// exit: 1
// err: unary-star-of-int.c:11:24: error: invalid type argument of unary '*' (have 'int')
// err:  int f(int i) { return *i; }
// err:                         ^
// err: unary-star-of-int.c:12:25: warning: dereferencing 'void *' pointer
// err:  int g(void *p) { return *p; }
// err:                          ^
// err: unary-star-of-int.c:12:26: error: void value not ignored as it ought to be
// err:  int g(void *p) { return *p; }
// err:                           ^
int f(int i) { return *i; }
int g(void *p) { return *p; }
