// exit: 1
// err: redefinition-of-function.c:9:5: error: redefinition of 'f'
// err:  int f(void) { return 2; }
// err:      ^
// err: redefinition-of-function.c:8:5: note: previous definition of 'f' with type 'int(void)'
// err:  int f(void) { return 1; }
// err:      ^
int f(void) { return 1; }
int f(void) { return 2; }
