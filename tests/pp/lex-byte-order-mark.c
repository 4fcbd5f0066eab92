// run: printf '\357\273\277#define A 1\nA\n' >%t/b.c
// run: %idem cc -E -P %t/b.c
// out: 1
