// exit: 1
// err~: attempt to use poisoned "bad"
// err~: attempt to use poisoned "worse"
// out: bad
// out: after
#pragma GCC poison bad worse
bad
#ifdef worse
#endif
#define bad
#if defined bad
#endif
after
