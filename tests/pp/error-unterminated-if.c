// exit: 1
// err~: unterminated #if
// err~: unterminated #ifdef
// out: a
#if 1
a
#ifdef b
c
