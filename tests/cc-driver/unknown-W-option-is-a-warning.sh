# run: %idem cc -Wno-such-thing -Wsuch-thing -c %S/input/alone.c -o %t/x.o && ls %t
# out: x.o
# err~: warning: unknown warning option '-Wsuch-thing'
