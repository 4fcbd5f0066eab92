// run: %idem cc -w %s -o %t/a
// run: env -i ONE=1 %t/a x "y z" || test $? = 7
// needs: musl-gcc
// out: 3 x y z 1
// out: bye
#include <stdio.h>
#include <stdlib.h>
static void bye(void) { puts("bye"); }
int main(int argc, char **argv, char **envp) { atexit(bye); printf("%d %s %s %s\n", argc, argv[1], argv[2], getenv("ONE")); exit(envp[1] ? 1 : 7); }
