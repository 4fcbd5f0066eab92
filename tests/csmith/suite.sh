#!/bin/sh
# csmith's programs: idem's answers are gcc's (csmith.py), for x64 and, some other
# seeds, for rv64 and aa64. SEED is the first seed, SEEDS how many.
for p in csmith gcc; do command -v $p >/dev/null || { echo "skip csmith: no $p"; exit 0; }; done
[ -f /usr/lib/x86_64-linux-musl/libc.a ] || { echo "skip csmith: no musl"; exit 0; }
seeds=6
[ "$TIER" = all ] && seeds=200
python3 tests/csmith/csmith.py --idem "$IDEM" --dir "$T" --seeds ${SEEDS:-$seeds} --seed ${SEED:-1}
seeds=3
[ "$TIER" = all ] && seeds=60
for target in riscv64 aarch64; do
    if command -v qemu-$target >/dev/null && command -v $target-linux-gnu-gcc >/dev/null; then
        python3 tests/csmith/csmith.py --idem "$IDEM" --dir "$T" --target $target-linux-gnu --emu qemu-$target --seeds ${SEEDS:-$seeds} \
            --seed $((${SEED:-1} + 1000))
    else
        echo "skip csmith for $target: no qemu-$target or no $target-linux-gnu-gcc"
    fi
done
exit 0
