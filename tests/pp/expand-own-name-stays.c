// out: foo + 1 a b
#define foo foo + 1
#define a b
#define b a
foo a b
