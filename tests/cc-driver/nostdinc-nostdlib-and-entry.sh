# run: printf 'void _start(void) { __builtin_trap(); }\nvoid other(void) { for (;;) ; }\n' >%t/a.c && %idem cc -nostdinc -nostdlib %t/a.c -o %t/a && %idem cc -nostartfiles -nodefaultlibs -e other %t/a.c -o %t/b && ls %t
# run: echo '#include <stdio.h>' >%t/c.c && ! %idem cc -nostdinc -c %t/c.c -o %t/c.o
# out: a
# out: a.c
# out: b
# err~: stdio.h
