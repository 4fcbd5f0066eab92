// exit: 1
// err~: #else without #if
// err~: #endif without #if
// err~: #elif without #if
// out: after
#else
#endif
#elif 1
after
