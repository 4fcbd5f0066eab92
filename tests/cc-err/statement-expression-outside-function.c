// exit: 1
// err: statement-expression-outside-function.c:8:9: error: braced-group within expression allowed only inside a function
// err:  int a = ({ 1; });
// err:          ^
// err: statement-expression-outside-function.c:9:48: error: void value not ignored as it ought to be
// err:  int f(void) { return ({ int x = 1; x + 1; }) + ({ ; }); }
// err:                                                 ^~~~~~~
int a = ({ 1; });
int f(void) { return ({ int x = 1; x + 1; }) + ({ ; }); }
