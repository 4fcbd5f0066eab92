// exit: 1
// err~: missing expression between '(' and ')'
// out: after
#if ()
no
#endif
after
