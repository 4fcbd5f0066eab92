// run: cd %S && %idem cc -std=gnu11 -fsyntax-only -Wshadow %b.c
int g;
void f(int p) { int g = 1; { int p = g; (void)p; } }
