// exit: 1
// err~: division by zero in #if
// out: after
#if 1 / 0
no
#endif
after
