// exit: 1
// err: else-without-if.c:5:16: error: 'else' without a previous 'if'
// err:  int f(int a) { else return 1; if (a) ; else return 2; return 0; }
// err:                 ^
int f(int a) { else return 1; if (a) ; else return 2; return 0; }
