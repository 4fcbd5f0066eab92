// exit: 1
// err~: operator "defined" requires an identifier
// out: after
#if defined 1
no
#endif
after
