void g(int *p, int n);
void f(int *p, int n) { g(n, p); g(0, n); }
