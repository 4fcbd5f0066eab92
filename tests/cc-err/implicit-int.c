// err: implicit-int.c:10:8: warning: type defaults to 'int' in declaration of 'x' [-Wimplicit-int]
// err:  static x;
// err:         ^
// err: implicit-int.c:11:1: warning: return type defaults to 'int' [-Wimplicit-int]
// err:  f(void) { return 0; }
// err:  ^
// err: implicit-int.c:10:8: warning: 'x' defined but not used [-Wunused-variable]
// err:  static x;
// err:         ^
static x;
f(void) { return 0; }
