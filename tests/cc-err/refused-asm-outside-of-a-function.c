// exit: 1
// err: refused-asm-outside-of-a-function.c:5:1: error: asm outside of a function is not supported
// err:  __asm__("nop");
// err:  ^
__asm__("nop");
