# run: echo 'int main(void) { return f(); }' >%t/a.c && %idem cc -c %t/a.c -o %t/a.o 2>%t/warning && ! %idem cc -Werror -c %t/a.c -o %t/b.o 2>%t/error && %idem cc -w -Werror -c %t/a.c -o %t/c.o
# run: ls %t; grep -c warning: %t/warning; grep -c error: %t/error
# out: a.c
# out: a.o
# out: c.o
# out: error
# out: warning
# out: 1
# out: 1
