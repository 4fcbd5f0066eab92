// exit: 1
// err~: missing binary operator before token "2"
// out: after
#if 1 2
no
#endif
after
