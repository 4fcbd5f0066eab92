// exit: 1
int f(void);
static int f(void) { return 1; }
static int a;
int a;
