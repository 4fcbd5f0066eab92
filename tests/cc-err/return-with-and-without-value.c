// err: return-with-and-without-value.c:7:23: warning: 'return' with a value, in function returning void [-Wreturn-type]
// err:  void f(void) { return 1; }
// err:                        ^
// err: return-with-and-without-value.c:8:15: warning: 'return' with no value, in function returning non-void [-Wreturn-type]
// err:  int g(void) { return; }
// err:                ^
void f(void) { return 1; }
int g(void) { return; }
