// exit: 1
int a[3] = { [5] = 1, [-1] = 2, .x = 3 };
struct s { int x; } b = { .y = 1, [0] = 2 };
int c = { .x = 1 };
int d[] = { [3 ... 1] = 2 };
