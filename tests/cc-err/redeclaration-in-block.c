// exit: 1
void f(int p)
{
    int a;
    int a;
    int p;
    { int a = 1; (void)a; }
    (void)a;
}
