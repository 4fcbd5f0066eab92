// exit: 1
// err: register-address.c:8:39: error: address of register variable 'a' requested
// err:  int *f(void) { register int a; return &a; }
// err:                                        ^
// err: register-address.c:8:39: warning: function returns address of local variable [-Wreturn-local-addr]
// err:  int *f(void) { register int a; return &a; }
// err:                                        ^~
int *f(void) { register int a; return &a; }
