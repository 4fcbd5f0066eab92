# run: cp %S/input/one.c %S/input/one.h %t && cd %t && %idem cc -MM one.c && %idem cc -M one.c | tr ' ' '\n' | grep -c 'stddef.h' && ls
# run: cd %t && %idem cc -MM -MT x -MT y one.c && %idem cc -MM -MF d.txt one.c && cat d.txt
# out: one.o: one.c one.h
# out: 1
# out: one.c
# out: one.h
# out: x y: one.c one.h
# out: one.o: one.c one.h
