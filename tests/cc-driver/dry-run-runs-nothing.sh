# run: cp %S/input/alone.c %t && cd %t && %idem cc -### alone.c -o a 2>err && ls && grep -c 'alone' err && grep -c 'crt1.o' err
# run: cd %t && %idem cc -v -c alone.c 2>err && grep -c idem err
# needs: musl-gcc
# out: alone.c
# out: err
# out: 1
# out: 1
# out: 1
