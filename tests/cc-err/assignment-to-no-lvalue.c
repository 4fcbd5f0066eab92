// exit: 1
int g(void);
void f(int a, int b)
{
    1 = a;
    a + b = 3;
    g() = 4;
    (a ? a : b) = 5;
    ++1;
    g()++;
    &1;
    &g();
}
