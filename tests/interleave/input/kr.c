/* Names, tags, macros and static numbers that the other unit also has, with other meanings. */
#define VALUE 1
#define CAT(a, b) a##b
typedef int thing;
struct shared { int a; char b; };
enum { FIRST = VALUE, SECOND };
static int counter;
static const char *const names[] = { "one", "two", "three" };
static inline int unused(int x) { return x + VALUE; }
static inline thing used(thing x) { static int calls = 5; return x * FIRST + ++calls; }
int old(a, b) int a; char b; { static int n; return n++ + a + b; }
int CAT(fu, nc)(struct shared *s, int k)
{
    static const int table[] = { [3] = 4, [1] = VALUE };
    switch (k) { case FIRST: return s->a; case SECOND: return s->b; case 3: return table[k]; case 4: return 7; case 5: return 9; default: return used(k); }
}
double fl(double x) { return x * 1.5 + __COUNTER__ + __COUNTER__; }
const char *name(int i) { counter++; return i < 3 ? names[i] : "three"; }
#pragma once
