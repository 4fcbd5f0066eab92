// run: cd %S && %idem cc -std=gnu11 -fsyntax-only -Wmissing-prototypes -Wstrict-prototypes %b.c
// err: prototype-missing.c:11:5: warning: no previous prototype for 'f' [-Wmissing-prototypes]
// err:  int f() { return 1; }
// err:      ^
// err: prototype-missing.c:11:5: warning: function declaration isn't a prototype [-Wstrict-prototypes]
// err:  int f() { return 1; }
// err:      ^
// err: prototype-missing.c:12:5: warning: no previous prototype for 'g' [-Wmissing-prototypes]
// err:  int g(void) { return f(); }
// err:      ^
int f() { return 1; }
int g(void) { return f(); }
