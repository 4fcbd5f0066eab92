// err: empty-body.c:9:11: warning: suggest braces around empty body in an 'if' statement [-Wempty-body]
// err:      if (a);
// err:            ^
// err: empty-body.c:11:21: warning: suggest braces around empty body in an 'else' statement [-Wempty-body]
// err:      if (a) a++; else;
// err:                      ^
void f(int a)
{
    if (a);
    if (a) ; else a++;
    if (a) a++; else;
    while (a--);
    for (;;);
}
