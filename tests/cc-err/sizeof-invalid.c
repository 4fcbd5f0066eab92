// exit: 1
// err: sizeof-invalid.c:12:9: error: invalid application of 'sizeof' to incomplete type 'struct s'
// err:  int a = sizeof(struct s);
// err:          ^~~~~~~~~~~~~~~~
// err: sizeof-invalid.c:13:9: error: invalid application of 'sizeof' to incomplete type 'int[]'
// err:  int b = sizeof(int[]);
// err:          ^~~~~~~~~~~~~
// err: sizeof-invalid.c:15:16: error: 'x' undeclared here (not in a function)
// err:  int d = sizeof(x);
// err:                 ^
struct s;
int a = sizeof(struct s);
int b = sizeof(int[]);
int c = sizeof(void);
int d = sizeof(x);
