// exit: 1
int f(int);
int f(long);
extern int a;
extern char a;
void g(void);
int g(void) { return 1; }
