// exit: 1
// err: conditional-types-do-not-match.c:12:43: warning: pointer type mismatch in conditional expression [-Wincompatible-pointer-types]
// err:  void f(int i, int *p, char *q) { (void)(i ? p : q); (void)(i ? p : i); (void)(i ? v : i); }
// err:                                            ^
// err: conditional-types-do-not-match.c:12:62: warning: pointer/integer type mismatch in conditional expression [-Wint-conversion]
// err:  void f(int i, int *p, char *q) { (void)(i ? p : q); (void)(i ? p : i); (void)(i ? v : i); }
// err:                                                               ^
// err: conditional-types-do-not-match.c:12:81: error: type mismatch in conditional expression
// err:  void f(int i, int *p, char *q) { (void)(i ? p : q); (void)(i ? p : i); (void)(i ? v : i); }
// err:                                                                                  ^
struct s { int a; } v;
void f(int i, int *p, char *q) { (void)(i ? p : q); (void)(i ? p : i); (void)(i ? v : i); }
