// err~: extra tokens at end of #else directive
// err~: extra tokens at end of #endif directive
// err~: extra tokens at end of #ifdef directive
// err~: extra tokens at end of #undef directive
#if 1
#else x
#endif y
#ifdef a b
#endif
#undef c d
