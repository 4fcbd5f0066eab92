// exit: 1
// err: assignment-to-array.c:5:32: error: assignment to expression with array type
// err:  void f(void) { int a[3], b[3]; a = b; }
// err:                                 ^
void f(void) { int a[3], b[3]; a = b; }
