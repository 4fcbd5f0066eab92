# Sources, assembly, objects and an archive in one command.
# run: S=$PWD/%S && cd %t && %idem cc -c $S/input/one.c && ls
# run: cd %t && %idem ar rcs libone.a one.o && rm one.o && %idem cc $S/input/main.c libone.a -o a && ./a x
# run: cd %t && %idem cc $S/input/main.c -L. -lone -o b && ./b
# run: cd %t && %idem cc -c $S/input/three.S $S/input/main.c && ls && %idem cc main.o three.o $S/input/one.c && ./a.out 1 2
# needs: musl-gcc
# out: one.o
# out: main 1 2
# out: main 1 1
# out: a
# out: b
# out: libone.a
# out: main.o
# out: three.o
# out: main 1 3
