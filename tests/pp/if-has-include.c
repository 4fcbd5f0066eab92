// run: %idem cc -E -P -I %S/input %s
// out: yes
// out: yes
// out: yes
// out: yes
#if __has_include("guarded.h") && !__has_include("none.h") && !__has_include(<none.h>)
yes
#endif
#define H "guarded.h"
#define A <input/none>
#if __has_include(H) && !__has_include(A)
yes
#endif
#ifdef __has_include
yes
#endif
#if defined __has_include_next && defined(__has_attribute) && defined(__has_builtin)
yes
#endif
