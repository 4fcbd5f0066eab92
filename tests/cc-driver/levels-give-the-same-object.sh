# Levels above -O0 compile as -O0.
# run: for l in -O0 -O -O1 -O2 -O3 -Os -Og; do %idem cc $l -c %S/input/one.c -o %t/$l.o; done; cd %t; for l in *.o; do %idem sha256 ./$l; done | cut -c1-64 | uniq | wc -l | tr -d ' '
# out: 1
