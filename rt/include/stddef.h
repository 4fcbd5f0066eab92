/* C11 7.19; every target here is LP64. A libc asks for single names with __need_NAME, as it does of gcc's. */
#if !defined(__need_size_t) && !defined(__need_ptrdiff_t) && !defined(__need_wchar_t) && !defined(__need_wint_t) \
    && !defined(__need_NULL) && !defined(__need_max_align_t)
#define __need_size_t
#define __need_ptrdiff_t
#define __need_wchar_t
#define __need_NULL
#define __need_max_align_t
#ifndef offsetof
#define offsetof(type, member) __builtin_offsetof(type, member)
#endif
#endif

#if defined(__need_size_t) && !defined(__IDEM_SIZE_T)
#define __IDEM_SIZE_T
typedef __SIZE_TYPE__ size_t;
#endif
#if defined(__need_ptrdiff_t) && !defined(__IDEM_PTRDIFF_T)
#define __IDEM_PTRDIFF_T
typedef __PTRDIFF_TYPE__ ptrdiff_t;
#endif
#if defined(__need_wchar_t) && !defined(__IDEM_WCHAR_T)
#define __IDEM_WCHAR_T
typedef __WCHAR_TYPE__ wchar_t;
#endif
#if defined(__need_wint_t) && !defined(__IDEM_WINT_T) && defined(__WINT_TYPE__)
#define __IDEM_WINT_T
typedef __WINT_TYPE__ wint_t;
#endif
#if defined(__need_NULL) && !defined(NULL)
#define NULL ((void *)0)
#endif
#if defined(__need_max_align_t) && !defined(__IDEM_MAX_ALIGN_T) && __STDC_VERSION__ >= 201112L
#define __IDEM_MAX_ALIGN_T
typedef struct {
    long long __max_align_ll __attribute__((__aligned__(8)));
    long double __max_align_ld __attribute__((__aligned__(16)));
} max_align_t;
#endif
#undef __need_size_t
#undef __need_ptrdiff_t
#undef __need_wchar_t
#undef __need_wint_t
#undef __need_NULL
#undef __need_max_align_t
