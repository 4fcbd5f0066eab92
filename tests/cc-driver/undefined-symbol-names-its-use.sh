# run: printf 'int nothing(void);\nint main(void) { return nothing(); }\n' >%t/a.c && ! %idem cc %t/a.c -o %t/a && ls %t
# needs: musl-gcc
# out: a.c
# err~: nothing
# err~: main
