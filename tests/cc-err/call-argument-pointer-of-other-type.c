void g(int *p, char *s);
void f(double *d, const char *s) { g(d, s); }
