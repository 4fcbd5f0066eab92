// out: - - + + + = . . < < = - -1 - -2 x (y) 1E e
#define E
#define plus +
#define neg(x) -x
-E- +plus plus= .E. <E<E= neg(-1) neg(neg(2)) x E(y) 1E e
