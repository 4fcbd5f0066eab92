// exit: 1
// err: void-value-used.c:12:23: error: void value not ignored as it ought to be
// err:  int f(void) { int x = g(); x = g(); return g() + (int)g(); }
// err:                        ^~~
// err: void-value-used.c:12:32: error: void value not ignored as it ought to be
// err:  int f(void) { int x = g(); x = g(); return g() + (int)g(); }
// err:                                 ^~~
// err: void-value-used.c:12:55: error: void value not ignored as it ought to be
// err:  int f(void) { int x = g(); x = g(); return g() + (int)g(); }
// err:                                                        ^~~
void g(void);
int f(void) { int x = g(); x = g(); return g() + (int)g(); }
