/* run: %idem cc -E -P %s */
/* out: mov #1, r0 % rax x1 */
#define f(x) mov #1, x
#define g(a, b) a##b
f(r0) g(%, rax) g(x, 1)
