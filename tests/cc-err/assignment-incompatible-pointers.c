int *f(char *p, long *q) { int *r = p; r = q; return q; }
