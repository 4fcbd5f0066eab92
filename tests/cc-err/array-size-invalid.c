// exit: 1
int a[-1];
int b[1.5];
int c[99999999999999999];
int d[1 << 20][1 << 20][1 << 20];
int n;
int e[n];
int g[] ;
void h[3];
int (k[3])(void);
