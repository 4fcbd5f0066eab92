// out: yes
#if nothing || int || while + 1 == 0 || true
no
#else
yes
#endif
