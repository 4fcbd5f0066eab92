// out: [1]
// out: [2]
#define f(x) [x]
f
/* comment */

(1)
f // comment
(2)
