# run: for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do echo "int x$i = y$i;"; done >%t/a.c; ! %idem cc -c %t/a.c 2>%t/1; ! %idem cc -fmax-errors=3 -c %t/a.c 2>%t/2; grep -c ' error: ' %t/1; grep -c ' error: ' %t/2
# out: 20
# out: 3
