// run: %idem cc -c -o %t/a.o %s
// exit: 1
// err: tests/cc-err/refused-asm-with-operands.c:6:16: error: asm with operands is not supported
// err:  int f(int a) { __asm__("mov %1, %0" : "=r"(a) : "r"(1)); return a; }
// err:                 ^
int f(int a) { __asm__("mov %1, %0" : "=r"(a) : "r"(1)); return a; }
static inline int unused(int a) { __asm__("mov %1, %0" : "=r"(a) : "r"(1)); return a; }
