// exit: 1
// err: semicolon-missing-after-expression.c:11:10: error: expected ';' before 'g'
// err:      x = 1
// err:           ^
// err: semicolon-missing-after-expression.c:13:13: error: expected ';' before '}' token
// err:      return x
// err:              ^
void g(void);
int f(int x)
{
    x = 1
    g();
    return x
}
