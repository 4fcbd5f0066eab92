// out: ab, c, d "" "" "11 11" a b b xb cd xd
#define H2(X, Y, ...) __VA_OPT__(X ## Y,) __VA_ARGS__
#define H3(X, ...) #__VA_OPT__(X##X X##X)
#define H4(X, ...) __VA_OPT__(a X ## X) ## b
#define H5(a, ...) a ## __VA_OPT__(b c) ## d
H2(a, b, c, d) H3(, 0) H3(1) H3(1,2) H4(, 1) H4(1) H5(x,1) H5(x)
