// out: 42 spliced // not a comment /* nor this */ 1
#include <stdio.h>
#def\
ine VALUE 42/* in
two lines */
int ma\
in(void) { int a = 10 /* c */ / /**/ 2; // to the \
end, spliced
    char *s = "spl\
iced // not a comment /* nor this */"; int b = a+++a; (void)b; printf("%d %s %d\n", VALUE, s, a / *&a); return 0; }
