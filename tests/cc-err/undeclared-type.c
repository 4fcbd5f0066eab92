// exit: 1
foo x;
foo *p;
int f(foo a);
struct s { bar m; };
int g(void) { baz v; return 0; }
