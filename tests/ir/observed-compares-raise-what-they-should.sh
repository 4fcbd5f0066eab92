# Fourteen relations, quiet and signaling, their flags read behind them; also where nobody reads the relation.
# needs: gcc
# run: sh %S/input/compares.sh %t; %idem ir --compile -o %t/compares.o %t/compares.ir; gcc -O1 -w -I%t -o %t/a %S/input/compares.c %t/compares.o; %t/a
# out: ok
