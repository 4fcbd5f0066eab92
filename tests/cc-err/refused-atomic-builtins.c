// exit: 1
// err: refused-atomic-builtins.c:13:5: error: builtin function '__sync_synchronize' is not supported
// err:      __sync_synchronize();
// err:      ^~~~~~~~~~~~~~~~~~
// err: refused-atomic-builtins.c:14:12: error: builtin function '__atomic_load_n' is not supported
// err:      return __atomic_load_n(p, 5) + __builtin_nonsense(1);
// err:             ^~~~~~~~~~~~~~~
// err: refused-atomic-builtins.c:14:36: error: builtin function '__builtin_nonsense' is not supported
// err:      return __atomic_load_n(p, 5) + __builtin_nonsense(1);
// err:                                     ^~~~~~~~~~~~~~~~~~
int f(int *p)
{
    __sync_synchronize();
    return __atomic_load_n(p, 5) + __builtin_nonsense(1);
}
