// exit: 1
// err: refused-vector-and-cleanup.c:8:31: error: attribute 'vector_size' is not supported
// err:  typedef int v4 __attribute__((vector_size(16)));
// err:                                ^~~~~~~~~~~
// err: refused-vector-and-cleanup.c:9:37: error: attribute 'cleanup' is not supported
// err:  void f(void) { int x __attribute__((cleanup(g))); }
// err:                                      ^~~~~~~
typedef int v4 __attribute__((vector_size(16)));
void f(void) { int x __attribute__((cleanup(g))); }
