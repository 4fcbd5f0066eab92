// exit: 1
int x;
int a = x;
int *b = &x;
int f(void);
int c = f();
int d[2] = { 1, x + 1 };
void g(int p) { static int s = p; static int *q = &p; (void)s; (void)q; }
