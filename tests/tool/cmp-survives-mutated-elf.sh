# needs: gcc python3
# run: cd %t; printf 'int f(int a) { return a; }\nint v = 3;' >a.c; gcc -c a.c -o a.o
# run: python3 "$OLDPWD/tests/tool/input/mutate-cmp.py" %idem a.o
