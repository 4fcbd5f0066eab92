# run: %idem cc -S %S/input/alone.c -o %t/x.s && %idem as %t/x.s -o %t/x.o && %idem cc -c %S/input/alone.c -o %t/y.o
# run: %idem objdump -d %t/x.o | tail -n +4 > %t/x && %idem objdump -d %t/y.o | tail -n +4 | cmp - %t/x
# run: cp %S/input/alone.c %t && cd %t && %idem cc -S alone.c && grep -q main alone.s
