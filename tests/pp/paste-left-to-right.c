// out: 1e+5 abc <<=
#define h3(a,b,c) a ## b ## c
h3(1e,+,5) h3(a,b,c) h3(<,<,=)
