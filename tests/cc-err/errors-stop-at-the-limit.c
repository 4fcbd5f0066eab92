// run: cd %S && %idem cc -std=gnu11 -fsyntax-only -fmax-errors=3 %b.c
// exit: 1
// err: errors-stop-at-the-limit.c:13:22: error: 'a1' undeclared (first use in this function)
// err:  int f(void) { return a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8; }
// err:                       ^~
// err: errors-stop-at-the-limit.c:13:27: error: 'a2' undeclared (first use in this function)
// err:  int f(void) { return a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8; }
// err:                            ^~
// err: errors-stop-at-the-limit.c:13:32: error: 'a3' undeclared (first use in this function)
// err:  int f(void) { return a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8; }
// err:                                 ^~
// err: compilation stopped after 3 errors (-fmax-errors=3)
int f(void) { return a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8; }
