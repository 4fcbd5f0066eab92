// out: <1 2|3 4> end
#define f(a, b) <a|b>
f(1
2,
  3 /* x */ 4
) end
