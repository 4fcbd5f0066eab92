// out: f f; (f)(1) [2] f;
// out: f
// out: ;
#define f(x) [x]
#define g f
f f; (f)(1) g(2) g;
f
;
