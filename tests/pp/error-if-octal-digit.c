// exit: 1
// err~: invalid digit "8" in octal constant
// out: after
#if 08
no
#endif
after
