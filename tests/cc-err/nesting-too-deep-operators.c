// exit: 1
#define A1 + x + x + x + x + x + x + x + x + x + x
#define A2 A1 A1 A1 A1 A1 A1 A1 A1 A1 A1
#define A3 A2 A2 A2 A2 A2 A2 A2 A2 A2 A2
int x;
int f(void) { return x A3 A3 A3 A3 A3; }
