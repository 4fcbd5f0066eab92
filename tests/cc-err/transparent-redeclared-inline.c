// err: transparent-redeclared-inline.c:6:12: warning: variable 'v' declared 'inline'
// err:  inline int v;
// err:             ^
inline int f(void) { return 1; }
static inline int g(void) { return 2; }
inline int v;
int k(void) { return f() + g(); }
