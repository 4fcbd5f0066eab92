// exit: 1
// err~: operator '+' has no right operand
// out: after
#if 1 +
no
#endif
after
