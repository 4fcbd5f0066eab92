# run: mkdir %t/dir.d && cp %S/input/alone.c %t/dir.d/x.y.c && cd %t && %idem cc -c dir.d/x.y.c && ls
# out: dir.d
# out: x.y.o
