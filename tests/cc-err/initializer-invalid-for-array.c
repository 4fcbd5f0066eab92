// exit: 1
int a[3] = 1;
int n[3];
int b[3] = n;
char c[3] = 'a';
struct s { int x; } d = 1;
