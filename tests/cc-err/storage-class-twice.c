// exit: 1
static extern int a;
typedef static int b;
auto int c;
register int d;
void f(void) { static register int e; extern int g = 1; }
