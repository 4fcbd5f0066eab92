// out: 1 int x1 = "ab" += <<= 123;
// out: end
#def\
ine A\
B 1
A\
B in\
t x\
1 = "a\
b" +\
= <\
<\
= 1\
2\
3;
/\
* comment *\
/ /\
/ line comment
end
