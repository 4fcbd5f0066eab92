# run: mkdir %t/i && echo '#define X 1' >%t/i/h.h && echo '#include <h.h>' >%t/a.c && ! CPATH=%t/i C_INCLUDE_PATH=%t/i %idem cc -c %t/a.c -o %t/a.o 2>%t/err && grep -c 'h.h' %t/err | sed 's/[2-9]/1/'
# run: env -i %idem cc -c %S/input/alone.c -o %t/x.o && %idem cc -c %S/input/alone.c -o %t/y.o && cmp %t/x.o %t/y.o
# out: 1
