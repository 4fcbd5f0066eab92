// exit: 1
// err~: #else after #else
// err~: #elif after #else
// err~: note: the conditional began here
// out: a
// out: after
#if 1
a
#else
b
#else
c
#elif 1
d
#endif
after
