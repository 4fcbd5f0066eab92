#!/bin/sh
# Random IR programs (input/irgen.py) through the fast lane against the same operations in C by gcc. SEED is the first seed,
# SEEDS how many programs; SIZE statements a function instead of a mixture. A failing program stays in $T with its seed told.
for p in python3 gcc; do command -v $p >/dev/null || { echo "skip lane: no $p"; exit 0; }; done
here=$(pwd)/tests/lane/input
seeds=12
[ "$TIER" = all ] && seeds=300
s=${SEED:-1}
last=$((s + ${SEEDS:-$seeds}))
cd "$T" || exit 1
while [ $s -lt $last ]; do
    pic=
    [ $((s % 2)) = 0 ] && pic=-fpic
    if python3 "$here/irgen.py" $s p$s $SIZE && timeout 20 "$IDEM" ir --compile $pic -o p$s.o p$s.ir &&
        gcc -w -O0 -fwrapv -ffp-contract=off -o p$s p$s.c p$s.o -lm && [ "$(timeout 20 ./p$s 2>&1 | tee p$s.out)" = ok ]; then
        echo "ok seed $s"
        rm -f p$s*
    else
        echo "not ok seed $s"
        cat p$s.out 2>/dev/null
    fi
    s=$((s + 1))
done
exit 0
