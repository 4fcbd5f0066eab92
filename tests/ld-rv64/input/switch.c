/* Tables of distances in code that gets shorter. */
extern int f(int), g(int);
int f(int n)
{
    switch (n) {
    case 0: return g(1); case 1: return g(5) + 1; case 2: return 8; case 3: return g(g(2)); case 4: return -n; case 5: return g(0) * 3;
    case 6: return g(9) ^ 5; case 7: return 100; case 8: return g(3) - g(4); default: return 1;
    }
}
__attribute__((aligned(64))) int g(int n) { return n * 3 + 1; }
