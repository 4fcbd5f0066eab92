/* What sf_text and its like do not have: thread-local, weak and common symbols, jump tables, floats, atomics, labels in data. */
__thread int local = 3;
extern __thread long other;
int common_one;
__attribute__((weak)) int weak_one(int x) { return x + 1; }
extern int weak_undefined(void) __attribute__((weak));
static int hidden_counter;
double scale = 2.5;
const char *const names[] = { "zero", "one", "two" };
int (*const functions[])(int) = { weak_one, 0 };

int choose(int x)
{
    switch (x) {
    case 0: return 7;
    case 1: return hidden_counter++;
    case 2: return local++;
    case 3: return (int)other;
    case 4: return weak_undefined ? weak_undefined() : 4;
    case 5: return weak_one(x);
    case 6: return common_one;
    case 7: return names[x & 1][0];
    default: return functions[x & 1](x);
    }
}

float mix(float a, double b, long c)
{
    return (float)(a * b + scale) - (float)c + (a < b ? -a : __builtin_fabsf(a)) + __builtin_fmaf(a, a, a);
}

long atomic(long *p, int *q)
{
    __atomic_fetch_add(q, 1, __ATOMIC_ACQ_REL);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    return __atomic_exchange_n(p, 1, __ATOMIC_RELAXED) + __atomic_compare_exchange_n(p, p, 3, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);
}

void *computed(int x)
{
    static void *const to[] = { &&a, &&b };
    goto *to[x & 1];
a:
    return (void *)0x123456789abcdef0;
b:
    return &common_one;
}
