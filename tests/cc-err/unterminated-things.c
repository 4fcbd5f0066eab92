// exit: 1
int a = (1 + 2;
int b[] = { 1, 2;
char c = 'a;
char *s = "abc;
int ok;
