#include <stdio.h>
static int real(void) { return 11; }
static int (*pick(void))(void) { return real; }
int chosen(void) __attribute__((ifunc("pick")));
int (*pointer)(void) = chosen;
int main(void) { printf("%d %d %d\n", chosen(), pointer(), pointer == chosen); return 0; }
