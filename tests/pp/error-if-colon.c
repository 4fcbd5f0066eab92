// exit: 1
// err~: ':' without preceding '?'
// out: after
#if 1 : 2
no
#endif
after
