/* By the platform's compiler: thread-local storage, constructors, functions chosen at start. */
#include <stdio.h>
static __thread int counter = 5;
static __thread int zero[30];
__thread int shared = 9;
int tls_add(int n) { counter += n; return counter + shared - 9; }
int *tls_address(void) { return &counter; }
int tls_zero(void) { return zero[3] + zero[29]; }
__attribute__((constructor(300))) static void early(void) { puts("constructor 300"); }
__attribute__((constructor)) static void late(void) { puts("constructor"); }
__attribute__((destructor)) static void end(void) { puts("destructor"); }
