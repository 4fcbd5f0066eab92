# run: ! %idem cc -mno-such-thing -c %S/input/alone.c -o %t/x.o && ls %t
# err~: unrecognized command-line option '-mno-such-thing'
