// exit: 1
const int c = 1;
struct s { const int m; int n; };
void f(const int *p, struct s *q, const int a[])
{
    c = 2;
    *p = 3;
    q->m = 4;
    a[0] = 5;
    c++;
    struct s v = { 1, 2 };
    v = *q;
}
