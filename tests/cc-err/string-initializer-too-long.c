// exit: 1
// err: string-initializer-too-long.c:11:13: warning: initializer-string for array of 'char' is too long
// err:  char a[3] = "abcd";
// err:              ^~~~~~
// err: string-initializer-too-long.c:13:12: error: cannot initialize array of 'char' from a string literal with type array of 'int'
// err:  char c[] = L"x";
// err:             ^~~~
// err: string-initializer-too-long.c:14:11: error: cannot initialize array of 'int' from a string literal with type array of 'char'
// err:  int d[] = "x";
// err:            ^~~
char a[3] = "abcd";
char b[3] = "abc";
char c[] = L"x";
int d[] = "x";
