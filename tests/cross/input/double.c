double declared(double, float);
typedef struct { double x; int n; } pair;
struct holder { double in_memory; };
extern struct holder h;
int fine(struct holder *p) { return p == &h ? (int)sizeof p->in_memory : 1; }
double result(void);
#if CASE == 1
int by_value(double d) { return 1; }
#elif CASE == 2
int call(void) { return (int)result(); }
#elif CASE == 3
int argument(int n) { return (int)declared(n, 2); }
#elif CASE == 4
int in_a_record(pair p) { return p.n; }
#elif CASE == 5
pair make(void) { pair p = { 0 }; return p; }
#elif CASE == 6
int in_memory(double *p) { return *p < 1; }
#elif CASE == 7
int variable(int n, ...) { __builtin_va_list ap; __builtin_va_start(ap, n); return (int)__builtin_va_arg(ap, double); }
#endif
