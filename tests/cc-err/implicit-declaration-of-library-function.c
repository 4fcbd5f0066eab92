// err: implicit-declaration-of-library-function.c:10:25: warning: implicit declaration of function 'strlen' [-Wimplicit-function-declaration]
// err:  int f(char *p) { return strlen(p) + printf("%d", p); }
// err:                          ^~~~~~
// err: implicit-declaration-of-library-function.c:10:37: warning: implicit declaration of function 'printf' [-Wimplicit-function-declaration]
// err:  int f(char *p) { return strlen(p) + printf("%d", p); }
// err:                                      ^~~~~~
// err: implicit-declaration-of-library-function.c:10:45: warning: format '%d' expects argument of type 'int', but argument 2 has type 'char *' [-Wformat]
// err:  int f(char *p) { return strlen(p) + printf("%d", p); }
// err:                                              ^~
int f(char *p) { return strlen(p) + printf("%d", p); }
