# run: mkdir "%t/a b" && cp %S/input/*.c %S/input/*.h "%t/a b" && cd "%t/a b" && mv main.c "ma in.c" && %idem cc "ma in.c" one.c -o "x y" && "./x y"
# run: cd %t && %idem cc -I "a b" -MMD -c "a b/one.c" -o "a b/o.o" && cat "a b/o.d"
# needs: musl-gcc
# out: main 1 1
# out: a\ b/o.o: a\ b/one.c a\ b/one.h
