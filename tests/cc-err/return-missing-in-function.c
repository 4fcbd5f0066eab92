// err: return-missing-in-function.c:7:33: warning: control reaches end of non-void function [-Wreturn-type]
// err:  int f(int a) { if (a) return 1; }
// err:                                  ^
// err: return-missing-in-function.c:10:49: warning: control reaches end of non-void function [-Wreturn-type]
// err:  int k(int a) { for (;;) { if (a++ > 3) break; } }
// err:                                                  ^
int f(int a) { if (a) return 1; }
int g(int a) { while (1) if (a) a++; }
int h(int a) { switch (a) { case 1: return 1; default: return 2; } }
int k(int a) { for (;;) { if (a++ > 3) break; } }
int main(void) { }
