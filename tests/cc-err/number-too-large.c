// err: number-too-large.c:10:10: warning: integer constant is too large for its type
// err:  long a = 99999999999999999999;
// err:           ^~~~~~~~~~~~~~~~~~~~
// err: number-too-large.c:11:10: warning: integer constant is so large that it is unsigned
// err:  long b = 9223372036854775808;
// err:           ^~~~~~~~~~~~~~~~~~~
// err: number-too-large.c:12:12: warning: floating constant exceeds range of 'double' [-Woverflow]
// err:  double d = 1e999;
// err:             ^~~~~
long a = 99999999999999999999;
long b = 9223372036854775808;
double d = 1e999;
