// exit: 1
int f(a, b) int a; char c; { return a + b; }
int g(a, b);
int h(x) int x; int x; { return x; }
