char *f(const char *s) { char *p = s; p = s; return s; }
void g(const int *const *pp, int **q) { q = pp; (void)q; }
