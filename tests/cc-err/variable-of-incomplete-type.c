// exit: 1
struct s;
struct s v;
void f(void) { struct s w; void x; int a[]; }
extern struct s ok;
