# needs: gcc
# run: cd %t; for b in add load store branch float silent; do %idem ir --compile -o $b.o "$OLDPWD"/%S/lifted-$b.ir; done
# run: gcc -O1 -no-pie -frounding-math -o units "$OLDPWD"/%S/input/units.c add.o load.o store.o branch.o float.o silent.o -lm; ./units
# out: ok
