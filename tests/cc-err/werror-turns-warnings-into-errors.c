// run: cd %S && %idem cc -std=gnu11 -fsyntax-only -Wall -Werror %b.c
// exit: 1
// err: werror-turns-warnings-into-errors.c:6:19: error: unused variable 'x' [-Werror=unused-variable]
// err:  int f(void) { int x; return 0; }
// err:                    ^
int f(void) { int x; return 0; }
