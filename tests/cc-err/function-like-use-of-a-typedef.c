// exit: 1
// err: function-like-use-of-a-typedef.c:9:22: error: expected expression before 't'
// err:  int f(void) { return t + 1; }
// err:                       ^
// err: function-like-use-of-a-typedef.c:10:16: warning: useless type name in empty declaration
// err:  void g(void) { t; int t = 1; t = 2; (void)t; }
// err:                 ^
typedef int t;
int f(void) { return t + 1; }
void g(void) { t; int t = 1; t = 2; (void)t; }
