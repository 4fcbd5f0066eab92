// exit: 1
// err: refused-asm-with-operands.c:8:42: error: asm with operands is not supported
// err:  int f(int a) { __asm__ volatile ("nop"); __asm__("mov %1, %0" : "=r"(a) : "r"(1)); return a; }
// err:                                           ^
// err: refused-asm-with-operands.c:9:1: error: asm outside of a function is not supported
// err:  __asm__("nop");
// err:  ^
int f(int a) { __asm__ volatile ("nop"); __asm__("mov %1, %0" : "=r"(a) : "r"(1)); return a; }
__asm__("nop");
