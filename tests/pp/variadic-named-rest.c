// out: <1; ; ""> <1; 2; "2"> <1; 2,3; "2,3">
// out:     1,2
#define f(a, rest...) <a; rest; #rest>
f(1) f(1,2) f(1,2,3)
#define g(all...) all
g() g(1,2)
