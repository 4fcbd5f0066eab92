/* Never defined. */
void undefined_fn(void);
int f(int x) { if (0) { while (x) { undefined_fn(); x--; } } do { if (x) break; } while (0); return x; undefined_fn(); }
int g(int x) { return 0 ? (undefined_fn(), 1) : x; }
int h(int x) { if (sizeof(int) == 8) { for (int i = 0; i < x; i++) { if (i == 3) continue; undefined_fn(); } switch (x) { case 1: undefined_fn(); break; case 2: undefined_fn(); } } return x; }
int main(void) { return f(0) + g(0) + h(0); }
