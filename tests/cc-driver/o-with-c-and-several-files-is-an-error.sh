# run: ! %idem cc -c %S/input/alone.c %S/input/one.c -o %t/x.o
# err~: '-o'
