# The same by aa64's lane.
# needs: aarch64-linux-gnu-gcc qemu-aarch64
# run: sh %S/input/compares.sh %t; %idem ir --compile -target aarch64-linux-gnu -o %t/compares.o %t/compares.ir; aarch64-linux-gnu-gcc -static -O1 -w -I%t -o %t/a %S/input/compares.c %t/compares.o; qemu-aarch64 %t/a
# out: ok
