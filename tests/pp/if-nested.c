// out: yes
// out: yes
#if 1
# if 0
#  if 1
no
#  else
no
#  endif
# elif 1
yes
#  if 1
yes
#  endif
# else
no
# endif
#else
# if 1
no
# endif
#endif
