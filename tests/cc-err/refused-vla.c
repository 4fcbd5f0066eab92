// exit: 1
// err: refused-vla.c:11:23: error: a variable length array is not supported
// err:  void f(int n) { int a[n]; int (*p)[n]; (void)a; (void)p; }
// err:                        ^
// err: refused-vla.c:11:36: error: a variable length array is not supported
// err:  void f(int n) { int a[n]; int (*p)[n]; (void)a; (void)p; }
// err:                                     ^
// err: refused-vla.c:13:19: error: a variable length array is not supported
// err:  void h(int n, int a[n][n]) { (void)a; (void)n; }
// err:                    ^
void f(int n) { int a[n]; int (*p)[n]; (void)a; (void)p; }
void g(int n, int a[n]) { (void)a; (void)n; }
void h(int n, int a[n][n]) { (void)a; (void)n; }
