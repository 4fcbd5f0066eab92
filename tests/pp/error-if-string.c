// exit: 1
// err~: token ""a"" is not valid in preprocessor expressions
// out: after
#if "a"
no
#endif
after
