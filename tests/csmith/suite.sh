#!/bin/sh
# csmith's programs: idem's answers are gcc's (csmith.py). SEED is the first seed, SEEDS how many.
for p in csmith gcc; do command -v $p >/dev/null || { echo "skip csmith: no $p"; exit 0; }; done
[ -f /usr/lib/x86_64-linux-musl/libc.a ] || { echo "skip csmith: no musl"; exit 0; }
seeds=6
[ "$TIER" = all ] && seeds=200
python3 tests/csmith/csmith.py --idem "$IDEM" --dir "$T" --seeds ${SEEDS:-$seeds} --seed ${SEED:-1}
exit 0
