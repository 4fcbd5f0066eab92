// exit: 1
struct s;
int f(struct s *p) { return p->a + (*p).a + sizeof(struct s) + sizeof *p; }
