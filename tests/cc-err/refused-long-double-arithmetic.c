long double a = 1.0L;
int s = sizeof(long double);
long double f(long double x);
double g(void) { return a + 1; }
void h(double d) { a = d; }
void k(void) { f(1); }
