// exit: 1
__int128 a, b; struct t { int x; __uint128_t y; } s, s2;
__int128 copy(void) { b = a; s = s2; return b; }
int f(void) { return a + b; }
int g(void) { return (int)a; }
__int128 h = 5;
struct t v = { 1, 2 };
int l(void) { return a ? 1 : 0; }
int m(void) { a = 5; return 0; }
int n(void) { return a.__words[0]; }
