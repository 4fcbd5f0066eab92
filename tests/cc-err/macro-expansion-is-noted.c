// exit: 1
// err: macro-expansion-is-noted.c:10:22: error: invalid operands to binary + (have 'struct s' and 'int')
// err:  int f(void) { return ADD(v, 1); }
// err:                       ^~~
// err: macro-expansion-is-noted.c:8:24: note: in expansion of macro 'ADD'
// err:  #define ADD(x, y) ((x) + (y))
// err:                         ^
#define ADD(x, y) ((x) + (y))
struct s { int a; } v;
int f(void) { return ADD(v, 1); }
