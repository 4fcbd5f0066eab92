# -x holds for the files behind it, until -x none.
# run: cp %S/input/alone.c %t/alone.txt && cp %S/input/three.S %t/three.txt && cp %S/input/main.c %t/main.c && cp %S/input/one.c %S/input/one.h %t
# run: %idem cc -x c %t/alone.txt -x none -o %t/a && %t/a
# run: cd %t && %idem cc -x assembler-with-cpp three.txt -x c one.c -x none main.c -o b && ./b
# run: cd %t && %idem cc -E -P one.c -o one.i && %idem cc -c one.i && %idem cc -xcpp-output -c one.i -o two.o && cmp one.o two.o
# needs: musl-gcc
# out: alone
# out: main 1 1
