/* C11 7.19; every target here is LP64 */
#ifndef __IDEM_STDDEF_H
#define __IDEM_STDDEF_H
typedef __SIZE_TYPE__ size_t;
typedef __PTRDIFF_TYPE__ ptrdiff_t;
typedef __WCHAR_TYPE__ wchar_t;
#if __STDC_VERSION__ >= 201112L
typedef struct {
    long long __max_align_ll __attribute__((__aligned__(8)));
    long double __max_align_ld __attribute__((__aligned__(16)));
} max_align_t;
#endif
#ifndef NULL
#define NULL ((void *)0)
#endif
#define offsetof(type, member) __builtin_offsetof(type, member)
#endif
