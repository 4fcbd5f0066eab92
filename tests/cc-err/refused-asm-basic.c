// run: %idem cc -c -o %t/a.o %s
// exit: 1
// err: tests/cc-err/refused-asm-basic.c:8:5: error: inline assembly is not supported yet
// err:      __asm__("nop");
// err:      ^
int f(int x)
{
    __asm__("nop");
    return x;
}
