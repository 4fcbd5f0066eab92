// out: xx y y y y y y
#define x y
#define c(a,b) a ## b a b
c(x,x) c(x,) c(,x)
