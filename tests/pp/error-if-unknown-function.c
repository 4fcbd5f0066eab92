// exit: 1
// err~: missing binary operator before token "("
// out: after
#if foo(1)
no
#endif
after
