# run: ! %idem cc --no-such-thing -c %S/input/alone.c -o %t/x.o
# err~: unrecognized command-line option '--no-such-thing'
