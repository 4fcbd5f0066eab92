// exit: 1
_Static_assert(1, "fine");
_Static_assert(sizeof(int) == 8, "int is not 8");
_Static_assert(0);
int n;
_Static_assert(n, "n");
struct s { int a; _Static_assert(0, "in a struct"); };
