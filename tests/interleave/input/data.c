#define VALUE "text"
#define CAT(a, b) b##a
typedef struct { double thing; } thing;
union shared { long a; float b; };
enum { SECOND = 77, FIRST = 3 };
static char counter[100];
static const int names[] = { 1, 2, 3 };
static inline float used(float x) { static float calls = 2.5f; return x * FIRST + ++calls; }
struct big { int v[10]; union shared s; } big = { { [2 ... 5] = SECOND }, { .b = 1.25f } };
const char *text[] = { VALUE, "three", VALUE "two" };
static void *self[] = { self, &big.v[3], text + 1, counter };
thing CAT(nc, fu)(thing t, ...) { t.thing += used(2); return t; }
long data(int i) { extern int FUNC(int); return (long)self[i & 3] + names[i] + __COUNTER__ + counter[FUNC(i)]; }
int FUNC(int x) { void *go[] = { &&a, &&b }; goto *go[x & 1]; a: return 1; b: return big.v[x]; }
