#!/bin/sh
# The bootstrap: stage1 is one hash from every seed, under every shell, wherever and however it is built.
# Needs a build in $OUT. In `check` only what is there is compared.
here=$PWD
want=$("$IDEM" sha256 "$OUT/stage1/idem" 2>/dev/null) || { echo "skip bootstrap no stage1 in $OUT"; exit 0; }
want=${want%% *}
"$IDEM" cmp "$OUT/stage1/idem" "$OUT/stage2/idem" && echo "ok stage1-equals-stage2" || echo "not ok stage1-equals-stage2"
[ "$TIER" = all ] || exit 0

# seed NAME SHELL CC: a build from that seed in a path with a space ends in the same objects, archive and executable.
seed() {
    command -v "${3%% *}" >/dev/null || { echo "skip seed-$1 no ${3%% *}"; return; }
    command -v "${2%% *}" >/dev/null || { echo "skip seed-$1 no ${2%% *}"; return; }
    out="$T/$1 build"
    if CC=$3 OUT=$out ENGINES= $2 ./build.sh verify >"$T/log" 2>&1; then
        got=$("$IDEM" sha256 "$out/stage1/idem")
        [ "${got%% *}" = "$want" ] && echo "ok seed-$1" || echo "not ok seed-$1: another hash"
    else
        cat "$T/log"
        echo "not ok seed-$1"
    fi
    rm -rf "$out"
}
seed gcc-O0 dash "gcc -O0"
seed gcc-O2 "bash --posix" "gcc -O2"
seed clang-O2 "busybox sh" "clang -O2"
seed tcc dash tcc
if command -v gcc >/dev/null; then T=$T sh tests/boot/trojan.sh; else echo "skip trojan no gcc"; fi
# The other targets' idems, run by an emulator, build themselves and this machine's: the same bytes. cross NAME EMULATOR
cross() {
    command -v "${2%% *}" >/dev/null || { echo "skip cross-stages-$1 no $2"; return; }
    if STAGE0=$OUT/stage0/idem RUN_rv64=$2 OUT=$T/cross ./build.sh cross >"$T/log" 2>&1; then
        grep -q '^cross/rv64 == cross/rv64-rv64: ' "$T/log" && grep -q "^stage2 == cross/rv64-x64: $want" "$T/log" &&
            echo "ok cross-stages-$1" || { cat "$T/log"; echo "not ok cross-stages-$1: not compared"; }
    else
        cat "$T/log"
        echo "not ok cross-stages-$1"
    fi
    rm -rf "$T/cross"
}
cross qemu qemu-riscv64
# The bootstrap on another machine, from another seed: all answers hold there too.
if command -v qemu-riscv64 >/dev/null && command -v riscv64-linux-gnu-gcc >/dev/null; then
    TARGET=rv64 CC=riscv64-linux-gnu-gcc RUN=qemu-riscv64 OUT=$T/rv64 ./build.sh verify >"$T/log" 2>&1 &&
        echo "ok bootstrap-on-rv64" || { cat "$T/log"; echo "not ok bootstrap-on-rv64"; }
    rm -rf "$T/rv64"
else
    echo "skip bootstrap-on-rv64 no riscv64-linux-gnu-gcc or qemu-riscv64"
fi
sh bootstrap/vary.sh "$OUT/stage0/idem"
exit 0
