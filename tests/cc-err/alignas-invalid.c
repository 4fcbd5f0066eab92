// exit: 1
// err: alignas-invalid.c:8:10: error: requested alignment '3' is not a positive power of 2
// err:  _Alignas(3) int a;
// err:           ^
// err: alignas-invalid.c:11:10: error: requested alignment is not an integer constant
// err:  _Alignas(n) int c;
// err:           ^
_Alignas(3) int a;
_Alignas(16) int b;
int n;
_Alignas(n) int c;
