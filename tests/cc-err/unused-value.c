int g(void);
void f(int a, int *p)
{
    a + 1;
    a == 1;
    *p;
    a, 1;
    g();
    (void)a;
    p[0];
    -a;
    a ? g() : 0;
}
