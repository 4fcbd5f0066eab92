// exit: 1
int f(a, b) int a; return ) { return a + b; }
int ok(void) { return 1; }
