# run: cd %t && echo 'int x;' >a.c && %idem cc -c a.c && %idem sha256 a.o >1 && echo 'int x = ;' >a.c && ! %idem cc -c a.c 2>/dev/null && %idem sha256 a.o | cmp - 1 && ls
# out: 1
# out: a.c
# out: a.o
