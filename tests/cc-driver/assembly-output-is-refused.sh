# run: ! %idem cc -S %S/input/alone.c -o %t/x.s
# err~: '-S' is not supported yet
