// out: 1 $x x$
#define a$b 1
a$b $x x$
