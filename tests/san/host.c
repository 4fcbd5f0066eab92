/* For sanitizer builds, which need a libc to start in: the raw system call, compare-exchange and clone in C. memcpy and its kin come from the libc. */
long rt_syscall(long nr, long a, long b, long c, long d, long e, long f)
{
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    long r;
    __asm__ volatile("syscall" : "=a"(r) : "0"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return r;
}

unsigned rt_cas32(void *p, unsigned old, unsigned new)
{
    __atomic_compare_exchange_n((unsigned *)p, &old, new, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return old;
}

unsigned long rt_cas64(void *p, unsigned long old, unsigned long new)
{
    __atomic_compare_exchange_n((unsigned long *)p, &old, new, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return old;
}

int clone(int (*fn)(void *), void *stack, int flags, void *arg, ...);
void __asan_unpoison_memory_region(const volatile void *p, unsigned long n) __attribute__((weak));

/* The child leaves its frames without returning from them. */
long rt_vfork(long flags, void *stack, void (*child)(void *), void *arg)
{
    long r = clone((int (*)(void *))(unsigned long)child, stack, (int)flags, arg);
    if (__asan_unpoison_memory_region)
        __asan_unpoison_memory_region((char *)stack - (1 << 20), 1 << 20);
    return r;
}
