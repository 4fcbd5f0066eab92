# run: ! %idem cc -shared %S/input/alone.c -o %t/x.so; ! %idem cc -static-pie %S/input/alone.c -o %t/x
# err~: '-shared' is not supported yet
# err~: '-static-pie' is not supported yet
