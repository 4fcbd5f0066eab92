// out: c101 c200 c main d d200 d101
#include <stdio.h>
__attribute__((constructor)) static void c0(void) { printf("c "); }
__attribute__((constructor(200))) static void c200(void) { printf("c200 "); }
__attribute__((constructor(101))) static void c101(void) { printf("c101 "); }
__attribute__((destructor(101))) static void d101(void) { printf("d101\n"); }
__attribute__((destructor(200))) static void d200(void) { printf("d200 "); }
__attribute__((destructor)) static void d0(void) { printf("d "); }
int main(void) { printf("main "); return 0; }
