// exit: 1
struct s { int a : 33; int b : -1; int c : 0; float d : 3; int e : 2; char f : 9; _Bool g : 2; };
int *f(struct s *p) { return &p->e; }
int g(struct s *p) { return sizeof p->e; }
