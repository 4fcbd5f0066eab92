// out: "a" "1" "s(a)" "\"a\""
#define a 1
#define s(x) #x
#define xs(x) s(x)
s(a) xs(a) s(s(a)) xs(s(a))
