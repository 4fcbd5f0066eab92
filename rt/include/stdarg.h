/* C11 7.16. A libc that only needs the type asks with __need___va_list, as it does of gcc's. */
#ifndef __IDEM_GNUC_VA_LIST
#define __IDEM_GNUC_VA_LIST
#define __GNUC_VA_LIST
typedef __builtin_va_list __gnuc_va_list;
#endif
#ifdef __need___va_list
#undef __need___va_list
#elif !defined(__IDEM_STDARG_H)
#define __IDEM_STDARG_H
typedef __builtin_va_list va_list;
#define _VA_LIST_DEFINED
#define va_start(ap, last) __builtin_va_start(ap, last)
#define va_arg(ap, type) __builtin_va_arg(ap, type)
#define va_copy(dst, src) __builtin_va_copy(dst, src)
#define va_end(ap) __builtin_va_end(ap)
#define __va_copy(dst, src) __builtin_va_copy(dst, src)
#endif
