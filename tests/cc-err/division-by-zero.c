int f(int a) { return a / 0 + a % 0 + 1 / 0; }
int g = 1 ? 2 : 1 / 0;
int h(int a) { a /= 0; return a; }
