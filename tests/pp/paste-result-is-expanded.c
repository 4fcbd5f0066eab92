// out: 42 xc(A,B)
#define AB 42
#define c(a,b) a ## b
#define xAB no
c(A,B) c(x, c(A,B))
