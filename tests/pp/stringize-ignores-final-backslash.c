// err~: invalid string literal, ignoring final '\'
// out: "" "a"
#define s(x) #x
s(\) s(a\)
