// exit: 1
// err: array-of-incomplete-type.c:9:10: error: array type has incomplete element type 'struct s'
// err:  struct s a[3];
// err:           ^
// err: array-of-incomplete-type.c:10:5: error: array type has incomplete element type 'int[]'
// err:  int b[3][];
// err:      ^
struct s;
struct s a[3];
int b[3][];
