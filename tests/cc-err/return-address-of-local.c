// err: return-address-of-local.c:7:33: warning: function returns address of local variable [-Wreturn-local-addr]
// err:  int *f(void) { int a[3]; return a; }
// err:                                  ^
// err: return-address-of-local.c:8:30: warning: function returns address of local variable [-Wreturn-local-addr]
// err:  int *g(void) { int x; return &x; }
// err:                               ^~
int *f(void) { int a[3]; return a; }
int *g(void) { int x; return &x; }
int *h(void) { static int x; return &x; }
