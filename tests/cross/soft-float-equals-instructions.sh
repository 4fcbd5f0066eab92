# Floating point by helpers (lp64), by instructions under each ABI, and on x86-64 gives the same bits.
# run: %idem cc -ffreestanding -nostdlib -DWRITE=1 %S/input/float.c -lrt -o %t/x64
# run: %t/x64
# run: one() { n=$1; shift; %idem cc -target riscv64-linux-gnu -ffreestanding -nostdlib -DWRITE=64 "$@" %S/input/float.c -lrt -o %t/$n && qemu-riscv64 %t/$n; }
# run: one hard; one float-by-integer-registers -mabi=lp64; one no-double -march=rv64imafc -mabi=lp64; one none -march=rv64imac -mabi=lp64; one least -march=rv64i -mabi=lp64
# needs: qemu-riscv64
# out: b2240bd52493f99a
# out: b2240bd52493f99a
# out: b2240bd52493f99a
# out: b2240bd52493f99a
# out: b2240bd52493f99a
# out: b2240bd52493f99a
