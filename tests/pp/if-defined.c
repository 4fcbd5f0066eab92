// out: yes
// out: yes
// out: yes
#define A
#define B 1
#if defined A && defined(B) && !defined C && !defined ( C )
yes
#endif
#define D defined(A)
#if D
yes
#endif
#ifdef A
#ifndef C
yes
#endif
#endif
