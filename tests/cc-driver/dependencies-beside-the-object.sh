# run: cp %S/input/one.c %S/input/one.h %t && cd %t && %idem cc -MMD -c one.c && cat one.d && rm *.o *.d
# run: cd %t && %idem cc -MMD -MP -MF x.dep -c one.c -o sub.o && cat x.dep
# run: cd %t && %idem cc -MD -MT target -c one.c && grep -c stddef.h one.d && sed -n '1s/:.*//p' one.d
# run: cd %t && mkdir out && %idem cc -MMD -MQ 'a$b c' -c one.c -o out/o.o && cat out/o.d && ls
# out: one.o: one.c one.h
# out: sub.o: one.c one.h
# out: one.h:
# out: 1
# out: target
# out: a$$b\ c: one.c one.h
# out: one.c
# out: one.d
# out: one.h
# out: one.o
# out: out
# out: sub.o
# out: x.dep
