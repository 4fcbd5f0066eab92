#include <stdio.h>
#ifndef WHAT
#define WHAT "main"
#endif
int one(void);
int main(int argc, char **argv) { printf("%s %d %d\n", WHAT, one(), argc); return argv[0] == 0; }
