// out: 1 + 1 1 1 + 1;
#define A 1
#define B A + A
B A B;
