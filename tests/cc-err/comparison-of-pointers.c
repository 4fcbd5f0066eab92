int f(int *p, char *q, int i, void *v) { return (p == q) + (p == i) + (p < v) + (p == 0) + (p > 1); }
int g; int h(void) { return &g == 0; }
