// exit: 1
// err~: '?' without following ':'
// out: after
#if 1 ? 2
no
#endif
after
