// run: cd %S && %idem cc -std=gnu11 -fsyntax-only -Wall -Werror=unused-value %b.c
// exit: 1
// err: werror-of-one.c:6:22: error: statement with no effect [-Werror=unused-value]
// err:  int f(void) { int x; x; return 0; }
// err:                       ^
int f(void) { int x; x; return 0; }
