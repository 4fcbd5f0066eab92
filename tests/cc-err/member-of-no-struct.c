// exit: 1
struct s { int a; };
int f(struct s v, struct s *p, int i)
{
    return v.b + p.a + v->a + i.a + i->a + p->b;
}
