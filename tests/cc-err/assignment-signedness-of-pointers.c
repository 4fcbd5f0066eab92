// err: assignment-signedness-of-pointers.c:11:41: warning: pointer targets in initialization of 'int *' from 'unsigned int *' differ in signedness [-Wpointer-sign]
// err:  void f(char *s, unsigned *u) { int *i = u; g(s); (void)i; }
// err:                                          ^
// err: assignment-signedness-of-pointers.c:11:46: warning: pointer targets in passing argument 1 of 'g' differ in signedness [-Wpointer-sign]
// err:  void f(char *s, unsigned *u) { int *i = u; g(s); (void)i; }
// err:                                               ^
// err: assignment-signedness-of-pointers.c:10:23: note: expected 'unsigned char *' but argument is of type 'char *'
// err:  void g(unsigned char *);
// err:                        ^
void g(unsigned char *);
void f(char *s, unsigned *u) { int *i = u; g(s); (void)i; }
