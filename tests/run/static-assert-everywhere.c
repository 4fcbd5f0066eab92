// out: 5
#include <assert.h>
#include <stdio.h>
_Static_assert(sizeof(int) == 4, "int");
static_assert(1, "one");
struct s { int a; _Static_assert(sizeof(long) == 8, "in a struct"); int b; };
int main(void) { _Static_assert((char)-1 < 0, "signed"); struct s s = { 1, 2 }; while (s.a < 3) s.a++; assert(s.a == 3); printf("%d\n", s.a + s.b); return 0; }
