// out: yes
// out: yes
#if 0 && 1 / 0
no
#elif 1 || 1 / 0
yes
#endif
#if 1 ? 2 : 1 / 0
yes
#endif
#if (0 && (1 % 0)) || defined nothing && 1 / 0
no
#endif
