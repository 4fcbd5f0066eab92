// out: yes
// out: yes
// out: yes
#if (0 ? 1u : -1) > 0
yes
#endif
#if (-1 << 63u) < 0 && (1u - 2) / 2 > 0
yes
#endif
#if -1 == 0xffffffffffffffff
yes
#endif
