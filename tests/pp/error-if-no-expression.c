// exit: 1
// err~: #if with no expression
// out: after
#if 
no
#endif
after
