// out: mar tue e wed 157 eb t
#include <stdio.h>
static const char *const months[] = { "jan", "feb", "mar" }; static const char days[][4] = { "mon", "tue", "wed" }; static char *argv_like[] = { "prog", "-x", 0 }; static const struct { const char *k; const char *const *v; const char (*d)[4]; } t[] = { { "m", months, days }, { "n", months + 1, days + 1 } };
int main(void) { char **p = argv_like; int n = 0; while (*p) n += (*p++)[0]; printf("%s %s %c %s %d %s %c\n", months[2], days[1], t[1].v[0][1], t[1].d[1], n, 1 + t[0].v[1], (*t[1].d)[0]); return 0; }
