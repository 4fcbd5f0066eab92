// exit: 1
typedef __builtin_va_list va_list;
void f(int a) { va_list ap; __builtin_va_start(ap, a); }
void g(int a, ...) { __builtin_va_start(a, a); char c = __builtin_va_arg(a, char); (void)c; }
void h(int a, ...) { va_list ap; __builtin_va_start(ap, a); (void)__builtin_va_arg(ap, short); __builtin_va_end(ap); }
