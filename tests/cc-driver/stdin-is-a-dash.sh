# run: %idem cc -x c - -o %t/a <%S/input/alone.c && %t/a
# run: echo 'int dash;' | %idem cc -c -x c -o %t/d.o - && %idem nm %t/d.o | sed 's/^0* *//'
# run: echo '# define A B' | %idem cc -E -dM -x c - | grep -c 'define A B'
# needs: musl-gcc
# out: alone
# out: B dash
# out: 1
