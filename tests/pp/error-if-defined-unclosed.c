// exit: 1
// err~: missing ')' after "defined"
// out: after
#if defined(a
no
#endif
after
