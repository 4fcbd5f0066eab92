// out: "a , b,c" "" "x" "" "x" "" "x" "y ,z"
#define s(...) #__VA_ARGS__
#define r(a, ...) #a #__VA_ARGS__
s(a , b,c) s() r(x) r(x,) r(x, y ,z)
