# run: ! %idem cc -c %t/none.c
# run: mkdir %t/folder.c; ! %idem cc -c %t/folder.c -o %t/x.o
# run: ! %idem cc %t/none.o; ! %idem cc %t/none.a
# run: ls %t
# out: folder.c
# err~: none.c: No such file
# err~: folder.c: 
# err~: none.o: No such file
