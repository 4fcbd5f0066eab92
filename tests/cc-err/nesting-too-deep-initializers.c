// exit: 1
#define L1 { { { { { { { { { {
#define L2 L1 L1 L1 L1 L1 L1 L1 L1 L1 L1
#define L3 L2 L2 L2 L2 L2 L2 L2 L2 L2 L2
#define R1 } } } } } } } } } }
#define R2 R1 R1 R1 R1 R1 R1 R1 R1 R1 R1
#define R3 R2 R2 R2 R2 R2 R2 R2 R2 R2 R2
int a = L3 L3 1 R3 R3;
