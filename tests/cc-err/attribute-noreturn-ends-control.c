void die(void) __attribute__((noreturn));
_Noreturn void die2(void);
int f(int a) { if (a) return 1; die(); }
int g(int a) { if (a) return 1; die2(); }
int h(int a) { if (a) return 1; __builtin_unreachable(); }
