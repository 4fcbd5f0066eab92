# -mabi=lp64d on an -march without D: integers compile, a value of floating type is an error where it stands, declarations pass.
# run: %idem cc -target riscv64-linux-gnu -march=rv64imac -c %S/input/int.c -o %t/x.o
# run: cp %S/input/double.c %t/d.c; for k in 0 1 2 3 4 5 6 7; do %idem cc -target riscv64-linux-gnu -march=rv64imac -DCASE=$k -c %t/d.c -o %t/$k.o || echo case $k: status $?; done; ls %t
# run: for k in 0 1 2 3 4 5 6 7; do %idem cc -target riscv64-linux-gnu -march=rv64imac -mabi=lp64 -DCASE=$k -c %t/d.c -o %t/$k.o; done
# out: case 1: status 1
# out: case 2: status 1
# out: case 3: status 1
# out: case 4: status 1
# out: case 5: status 1
# out: case 6: status 1
# out: case 7: status 1
# out: 0.o
# out: d.c
# out: x.o
