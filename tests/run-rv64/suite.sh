#!/bin/sh
# The programs of tests/run for rv64, with Debian's cross glibc, under qemu-riscv64 (corpus.py); in `check` every eighth.
# Some of them with more instructions allowed, and without the short ones.
for p in riscv64-linux-gnu-gcc qemu-riscv64; do command -v $p >/dev/null || { echo "skip programs for rv64: no $p"; exit 0; }; done
every=8
[ "$TIER" = all ] && every=1

# EVERY OPTION...
programs() {
    n=$1
    shift
    python3 tests/run-rv64/corpus.py --idem "$IDEM" --target riscv64-linux-gnu --gcc riscv64-linux-gnu-gcc --emu qemu-riscv64 --dir "$T" \
        --every "$n" "$@"
}
programs ${EVERY:-$every}
[ "$TIER" = all ] || exit 0
programs 3 --options=-march=rv64gc_zba_zbb_zbs
programs 4 --options=-march=rv64g
