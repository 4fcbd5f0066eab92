// out: z z <> <> <|> <|>
#define f0() z
#define f1(a) <a>
#define f2(a,b) <a|b>
f0() f0( ) f1() f1( ) f2(,) f2( , )
