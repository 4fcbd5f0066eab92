int a[2] = { 1, 2, 3, 4 };
struct s { int x, y; } b = { 1, 2, 3 };
int c = { 1, 2 };
int d = { { 1 } };
struct s e[1] = { { 1, 2, 3 }, { 4 } };
