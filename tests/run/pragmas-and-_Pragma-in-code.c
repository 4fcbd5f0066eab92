// out: 6
#include <stdio.h>
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused"
#define DO(x) _Pragma(#x) int unused_##__LINE__;
#pragma push_macro("DO")
#undef DO
#define DO 3
static int k = DO;
#pragma pop_macro("DO")
_Pragma("once") DO(GCC poison never_written)
#pragma GCC diagnostic pop
#pragma unknown stuff here
int main(void) { _Pragma("GCC unroll 4") for (int i = 0; i < 3; i++) k++; _Pragma("STDC FP_CONTRACT OFF") printf("%d\n", k); return 0; }
