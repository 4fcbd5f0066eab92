# run: mkdir %t/x.o && ! %idem cc -c %S/input/alone.c -o %t/x.o && ls %t
# out: x.o
# err~: x.o
