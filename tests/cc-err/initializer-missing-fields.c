// err: initializer-missing-fields.c:5:18: warning: missing initializer for field 'b' of 'struct s' [-Wmissing-field-initializers]
// err:  struct s x = { 1 };
// err:                   ^
struct s { int a, b, c; };
struct s x = { 1 };
struct s y = { 0 };
struct s z = { .a = 1 };
struct s w = { 1, 2, 3 };
