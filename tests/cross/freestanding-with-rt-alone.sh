# A program without a libc, linked with rt, on both targets.
# run: %idem cc -ffreestanding -nostdlib -DWRITE=64 -target riscv64-linux-gnu %S/input/hello.c -lrt -o %t/rv64 && qemu-riscv64 %t/rv64 a b || echo status $?
# run: %idem cc -ffreestanding -nostdlib -DWRITE=1 -target x86_64-linux-gnu %S/input/hello.c -lrt -o %t/x64 && %t/x64 a b || echo status $?
# needs: qemu-riscv64
# out: a
# out: b
# out: status 3
# out: a
# out: b
# out: status 3
