// exit: 1
// err: parameter-named-like-a-type.c:6:17: error: unknown type name 't'
// err:  void f(void *t, t);
// err:                  ^
typedef int t;
void f(void *t, t);
void g(t *t);
