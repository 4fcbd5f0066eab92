// exit: 1
// err: object-too-large.c:11:8: error: size of array 'a' is too large
// err:  char a[1UL << 60];
// err:         ^
// err: object-too-large.c:12:10: error: size of 'struct s' is too large
// err:  struct s { char a[1UL << 46], b[1UL << 46], c[1UL << 46]; } v;
// err:           ^
// err: object-too-large.c:13:5: error: size of array 'b' is too large
// err:  int b[1 << 30][1 << 30];
// err:      ^
char a[1UL << 60];
struct s { char a[1UL << 46], b[1UL << 46], c[1UL << 46]; } v;
int b[1 << 30][1 << 30];
