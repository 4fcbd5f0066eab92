# The same by rv64's lane, where flt and fle raise more than a quiet relation may.
# needs: riscv64-linux-gnu-gcc qemu-riscv64
# run: sh %S/input/compares.sh %t; %idem ir --compile -target riscv64-linux-gnu -o %t/compares.o %t/compares.ir; riscv64-linux-gnu-gcc -static -O1 -w -I%t -o %t/a %S/input/compares.c %t/compares.o; qemu-riscv64 %t/a
# out: ok
