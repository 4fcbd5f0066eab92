// exit: 1
// err: undeclared-variable-told-once.c:13:5: error: 'x' undeclared (first use in this function)
// err:      x = 1;
// err:      ^
// err: undeclared-variable-told-once.c:15:12: error: 'y' undeclared (first use in this function)
// err:      return y;
// err:             ^
// err: undeclared-variable-told-once.c:17:9: error: 'z' undeclared here (not in a function)
// err:  int g = z;
// err:          ^
int f(void)
{
    x = 1;
    x = x + 2;
    return y;
}
int g = z;
