// out: yes
#if 0
#error no
#if garbage ( ) %%
it's "open
x /* #endif */ #endif
#else rubbish
#endif rubbish
#unknown
#include <none.h>
"#endif
'
#endif /* comment
over lines */
yes
