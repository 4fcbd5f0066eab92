#!/bin/sh
# Random IR programs (input/irgen.py) through the fast lane against the same operations in C by gcc, for x64 and, under qemu, for
# aa64 and rv64; every third with a frame beyond 12-bit offsets. SEED is the first seed, SEEDS how many programs; SIZE statements a function
# instead of a mixture. A failing program stays in $T with its seed told. Then what is large: code beyond a jump's reach.
for p in python3 gcc; do command -v $p >/dev/null || { echo "skip lane: no $p"; exit 0; }; done
top=$(pwd)
here=$top/tests/lane/input
seeds=12
[ "$TIER" = all ] && seeds=300
cd "$T" || exit 1

# programs HOW-MANY TARGET MARCH CC RUN OPTIONS...
programs() {
    target=$2 march=$3 cc=$4 run=$5
    s=${SEED:-1}
    last=$((s + ${SEEDS:-$1}))
    shift 5
    while [ $s -lt $last ]; do
        pic= frame=
        [ $((s % 2)) = 0 ] && pic=-fpic
        [ $((s % 3)) = 0 ] && frame=frame=5000
        if python3 "$here/irgen.py" $s p$s "$@" $frame ${SIZE:+size=$SIZE} &&
            timeout 20 "$IDEM" ir --compile -target $target $march $pic -o p$s.o p$s.ir &&
            $cc -w -O0 -fwrapv -ffp-contract=off -o p$s p$s.c p$s.o -lm && [ "$(timeout 20 $run ./p$s 2>&1 | tee p$s.out)" = ok ]; then
            echo "ok $target$march seed $s"
            rm -f p$s*
        else
            echo "not ok $target$march seed $s"
            cat p$s.out 2>/dev/null
        fi
        s=$((s + 1))
    done
}

programs $seeds x86_64-linux-gnu "" gcc ""

# huge TARGET: a function beyond what branches reach.
huge() {
    python3 "$here/huge.py" >huge.c
    if "$IDEM" cc -w -target $1-linux-gnu -c huge.c && $1-linux-gnu-gcc -static -o huge huge.o &&
        [ "$(qemu-$1 ./huge)" = "$(gcc -w -O0 -fwrapv -o native huge.c && ./native)" ]; then
        echo "ok code beyond a megabyte for $1"
    else
        echo "not ok code beyond a megabyte for $1"
    fi
}

if command -v aarch64-linux-gnu-gcc >/dev/null && command -v qemu-aarch64 >/dev/null; then
    programs $((seeds / 3)) aarch64-linux-gnu "" "aarch64-linux-gnu-gcc -static" qemu-aarch64 ints=8
    programs $((seeds / 6)) aarch64-linux-gnu -march=armv8.1-a "aarch64-linux-gnu-gcc -static" qemu-aarch64 ints=8
    huge aarch64
else
    echo "skip lane of aa64: no aarch64-linux-gnu-gcc or no qemu-aarch64"
fi
for p in riscv64-linux-gnu-gcc qemu-riscv64; do command -v $p >/dev/null || { echo "skip lane of rv64: no $p"; exit 0; }; done
programs $((seeds / 3)) riscv64-linux-gnu "" "riscv64-linux-gnu-gcc -static" qemu-riscv64 ints=8 mixed=1
programs $((seeds / 6)) riscv64-linux-gnu -march=rv64gc_zba_zbb_zbs_zicond "riscv64-linux-gnu-gcc -static $here/zicond.c" qemu-riscv64 ints=8 mixed=1
huge riscv64
exit 0
