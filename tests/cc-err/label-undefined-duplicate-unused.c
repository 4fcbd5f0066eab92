// exit: 1
void f(void) { goto a; b: ; b: ; c: ; }
