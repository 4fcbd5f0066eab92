# run: ! %idem cc -fno-such-thing -c %S/input/alone.c -o %t/x.o && ls %t
# err~: unrecognized command-line option '-fno-such-thing'
