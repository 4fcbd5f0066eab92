// out: 2250 fourth
#include <stdio.h>
struct ops { const char *name; int (*open)(int), (*close)(void); struct { double (*scale)(double); } in; void *data; };
static int o(int x) { return x + 1; } static int c(void) { return 2; } static double sc(double x) { return x * 3; } static int shared;
static const struct ops table[] = { { "first", o, c, { sc }, &shared }, { .name = "second", .close = &c, .data = (char *)&shared + 2 }, [3] = { "fourth", .in.scale = sc } };
int main(void) { const struct ops *p = table; int n = 0; for (; p < table + 4; p++) n += (p->open ? p->open(10) : 1) + (p->close ? p->close() : 100) + (p->in.scale ? (int)p->in.scale(5) : 0) + (p->data ? (int)((char *)p->data - (char *)&shared) : 1000); printf("%d %s\n", n, table[3].name); return 0; }
