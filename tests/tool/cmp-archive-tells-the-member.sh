# needs: gcc ar
# run: cd %t; mkdir b; printf 'int x = 1;' >x.c; printf 'int x = 2;' >b/x.c; printf 'int y = 1;' >y.c
# run: gcc -c x.c -o x.o; gcc -c b/x.c -o b/x.o; gcc -c y.c -o y.o; ar rcD a.a y.o x.o; ar rcD b.a y.o b/x.o; %idem cmp a.a b.a
# exit: 1
# out: a.a b.a differ: member x.o: section .data, symbol x+0x0, section offset 0x0: 0x01 and 0x02
