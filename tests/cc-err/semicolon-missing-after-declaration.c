// exit: 1
// err: semicolon-missing-after-declaration.c:8:6: error: expected ';' before 'int'
// err:  int a
// err:       ^
// err: semicolon-missing-after-declaration.c:10:27: error: expected ';' before 'return'
// err:  int main(void) { int x = 1 return x; }
// err:                            ^
int a
int b;
int main(void) { int x = 1 return x; }
