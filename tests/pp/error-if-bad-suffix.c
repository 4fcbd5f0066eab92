// exit: 1
// err~: invalid suffix "x" on integer constant
// out: after
#if 1x
no
#endif
after
