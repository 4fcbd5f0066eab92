// err: unused-result.c:5:16: warning: ignoring return value of function declared with attribute 'warn_unused_result' [-Wunused-result]
// err:  void f(void) { g(); (void)g(); }
// err:                 ^~~
int g(void) __attribute__((warn_unused_result));
void f(void) { g(); (void)g(); }
