#!/bin/sh
# The programs of tests/host, and those of input/ which are for rv64 alone: objects of idem and of riscv64-linux-gnu-gcc in one program,
# linked by either, under qemu-riscv64 (run-rv64/corpus.py with the lines of `default`).
for p in riscv64-linux-gnu-gcc qemu-riscv64; do command -v $p >/dev/null || { echo "skip objects of idem and gcc for rv64: no $p"; exit 0; }; done
for folder in tests/host tests/host-rv64/input; do
    python3 tests/run-rv64/corpus.py --idem "$IDEM" --target riscv64-linux-gnu --gcc riscv64-linux-gnu-gcc --emu qemu-riscv64 --dir "$T" \
        --corpus $folder --default tests/host-rv64/default
done
