# run: cd %t && echo 'int f(void) { return 1; }' >a.c && cp a.c b.c && ! %idem cc a.c b.c %S/input/alone.c 2>err; grep -c 'f' err >/dev/null && ls
# needs: musl-gcc
# out: a.c
# out: b.c
# out: err
