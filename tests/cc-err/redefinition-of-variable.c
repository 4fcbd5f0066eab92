// exit: 1
// err: redefinition-of-variable.c:9:5: error: redefinition of 'a'
// err:  int a = 2;
// err:      ^
// err: redefinition-of-variable.c:8:5: note: previous definition of 'a' with type 'int'
// err:  int a = 1;
// err:      ^
int a = 1;
int a = 2;
int b;
int b;
