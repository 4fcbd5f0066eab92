#!/bin/sh
# The programs of tests/run for rv64, with Debian's cross glibc, under qemu-riscv64 (corpus.py); in `check` every eighth.
for p in riscv64-linux-gnu-gcc qemu-riscv64; do command -v $p >/dev/null || { echo "skip programs for rv64: no $p"; exit 0; }; done
every=8
[ "$TIER" = all ] && every=1
python3 tests/run-rv64/corpus.py --idem "$IDEM" --target riscv64-linux-gnu --gcc riscv64-linux-gnu-gcc --emu qemu-riscv64 --dir "$T" \
    --every ${EVERY:-$every}
