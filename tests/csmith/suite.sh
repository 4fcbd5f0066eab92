#!/bin/sh
# csmith's programs: idem's answers are gcc's (csmith.py), for x64 and, some other seeds, for rv64. SEED is the first seed, SEEDS how many.
for p in csmith gcc; do command -v $p >/dev/null || { echo "skip csmith: no $p"; exit 0; }; done
[ -f /usr/lib/x86_64-linux-musl/libc.a ] || { echo "skip csmith: no musl"; exit 0; }
seeds=6
[ "$TIER" = all ] && seeds=200
python3 tests/csmith/csmith.py --idem "$IDEM" --dir "$T" --seeds ${SEEDS:-$seeds} --seed ${SEED:-1}
for p in qemu-riscv64 riscv64-linux-gnu-gcc; do command -v $p >/dev/null || { echo "skip csmith for rv64: no $p"; exit 0; }; done
seeds=3
[ "$TIER" = all ] && seeds=60
python3 tests/csmith/csmith.py --idem "$IDEM" --dir "$T" --target riscv64-linux-gnu --emu qemu-riscv64 --seeds ${SEEDS:-$seeds} \
    --seed $((${SEED:-1} + 1000))
exit 0
