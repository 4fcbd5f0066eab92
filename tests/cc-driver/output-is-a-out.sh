# run: cp %S/input/alone.c %t && cd %t && %idem cc alone.c && ./a.out && ls
# needs: musl-gcc
# out: alone
# out: a.out
# out: alone.c
