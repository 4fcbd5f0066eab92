// run: %idem cc -c %s -o %t/a.o
// run: %idem cc -DOTHER -c %s -o %t/b.o
// run: %idem cc %t/a.o %t/b.o -o %t/a && %t/a
// needs: musl-gcc
// out: 1 2 one two
#ifdef OTHER
static int value = 2; static const char *name(void) { return "two"; }
int other_value(void) { return value; }
const char *other_name(void) { return name(); }
#else
static int value = 1; static const char *name(void) { return "one"; }
int printf(const char *, ...); int other_value(void); const char *other_name(void);
int main(void) { printf("%d %d %s %s\n", value, other_value(), name(), other_name()); return 0; }
#endif
