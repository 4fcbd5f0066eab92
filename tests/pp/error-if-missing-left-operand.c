// exit: 1
// err~: operator '*' has no left operand
// out: after
#if * 2
no
#endif
after
