// out: "a b c" "\"a\\n\" '\\'' \n" "x y" "" "@" "\"\\\\\""
#define s(x) #x
s(  a   b
  c ) s("a\n" '\'' \n) s( /* c */ x /**/ y ) s() s(@) s("\\")
