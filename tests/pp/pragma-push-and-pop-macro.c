// out: A
// out: 2
// out: 1
// out: 1
// out: B
#define A 1
#pragma push_macro("A")
#undef A
#define A 2
#pragma push_macro("A")
#undef A
A
#pragma pop_macro("A")
A
#pragma pop_macro("A")
A
#pragma pop_macro("A")
A
#pragma push_macro("B")
#define B 1
#pragma pop_macro("B")
B
