# run: ! %idem cc -g -c %S/input/alone.c -o %t/x.o
# run: ! %idem cc -ggdb3 -c %S/input/alone.c -o %t/x.o
# run: %idem cc -g0 -c %S/input/alone.c -o %t/x.o
# err~: '-g' is not supported yet
# err~: '-ggdb3' is not supported yet
