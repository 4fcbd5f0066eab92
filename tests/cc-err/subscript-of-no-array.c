// exit: 1
// err: subscript-of-no-array.c:11:42: error: subscripted value is neither array nor pointer nor vector
// err:  int f(int a, int *p, double d) { return a[1] + p[d] + 1[2]; }
// err:                                           ^
// err: subscript-of-no-array.c:11:50: error: array subscript is not an integer
// err:  int f(int a, int *p, double d) { return a[1] + p[d] + 1[2]; }
// err:                                                   ^
// err: subscript-of-no-array.c:11:56: error: subscripted value is neither array nor pointer nor vector
// err:  int f(int a, int *p, double d) { return a[1] + p[d] + 1[2]; }
// err:                                                         ^
int f(int a, int *p, double d) { return a[1] + p[d] + 1[2]; }
