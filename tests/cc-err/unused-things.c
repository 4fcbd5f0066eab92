static int a;
static int f(void) { return 1; }
static int g(void);
static int h(void);
int k(int p, int q __attribute__((unused)))
{
    int v, w = 1, x __attribute__((unused));
    static int s;
    w = 2;
    l: ;
    return h();
}
