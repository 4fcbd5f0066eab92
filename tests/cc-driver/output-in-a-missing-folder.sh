# run: ! %idem cc -c %S/input/alone.c -o %t/no/x.o
# err~: no/x.o
