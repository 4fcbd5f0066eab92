# needs: gcc
# run: printf 'int f(int a) { return a; }\nint g(int a) { return a + 1; }\n' >%t/a.c
# run: printf 'int f(int a) { return a; }\nint g(int a) { return a + 2; }\n' >%t/b.c
# run: cd %t; gcc -O1 -fcf-protection=none -c a.c -o a.o; gcc -O1 -fcf-protection=none -c b.c -o b.o; %idem cmp a.o b.o
# exit: 1
# out: a.o b.o differ: section .text, symbol g+0x2, section offset 0x5: 0x01 and 0x02
