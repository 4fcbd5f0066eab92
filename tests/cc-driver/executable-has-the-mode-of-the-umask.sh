# run: umask 027 && %idem cc %S/input/alone.c -o %t/a && stat -c %%a %t/a && %idem cc -c %S/input/alone.c -o %t/o && stat -c %%a %t/o
# needs: musl-gcc stat
# out: 750
# out: 640
