// out: "xx" 1 1 1 "id(xx)" 1
#define xx 1
#define id(a) a
#define cat(a, b) a ## b
#define str(a) #a a
str(xx) cat(x, x) id(cat(x, x)) str(id(xx))
