// exit: 1
// err~: floating constant in preprocessor expression
// out: after
#if 1.0
no
#endif
after
