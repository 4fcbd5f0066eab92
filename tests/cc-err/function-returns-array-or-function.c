// exit: 1
// err: function-returns-array-or-function.c:11:5: error: 'f' declared as function returning an array
// err:  int f(void)[3];
// err:      ^
// err: function-returns-array-or-function.c:12:5: error: 'g' declared as function returning a function
// err:  int g(void)(void);
// err:      ^
// err: function-returns-array-or-function.c:14:3: error: 'h' declared as function returning an array
// err:  a h(void);
// err:    ^
int f(void)[3];
int g(void)(void);
typedef int a[3];
a h(void);
