# A node of the test's own: were it replaced by a file, only this one would be lost.
# needs: mknod musl-gcc
# run: mknod %t/null c 1 3 2>/dev/null || { echo device; echo device; echo device; exit 0; }
# run: test -c %t/null && %idem cc -c %S/input/alone.c -o %t/null && test -c %t/null && echo device
# run: test ! -e %t/null || { %idem cc %S/input/alone.c -o %t/null && test -c %t/null && echo device; }
# run: test ! -e %t/null || { %idem cc -E %S/input/alone.c -o %t/null && %idem cc -MD -MF %t/null -c %S/input/alone.c -o %t/x.o && test -c %t/null && echo device; }
# out: device
# out: device
# out: device
