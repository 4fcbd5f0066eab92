// exit: 1
// err~: missing '(' in expression
// out: after
#if 1)
no
#endif
after
