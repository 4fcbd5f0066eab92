# run: printf '%%s\n' '-DWHAT="\"a b\""' "'-c'" '-o' '%t/x.o' >%t/args && printf '@%t/args -w\n"%S/input/main.c"' >%t/more && %idem cc @%t/more && ls %t
# run: %idem cc %t/x.o %S/input/one.c -o %t/a && %t/a
# run: %idem cc @%t/none 2>&1 | grep -c '@.*none'
# needs: musl-gcc
# out: args
# out: more
# out: x.o
# out: a b 1 1
# out: 1
