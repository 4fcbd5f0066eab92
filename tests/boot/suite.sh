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
if command -v gcc >/dev/null && [ -d "$OUT/stage0/obj" ]; then T=$T sh tests/boot/trojan.sh; else echo "skip trojan no gcc, or stage0 without its objects"; fi
# The other targets' idems, run by emulators, build themselves and this machine's: the same bytes.
if command -v qemu-riscv64 >/dev/null && command -v qemu-aarch64 >/dev/null; then
    if STAGE0=$OUT/stage0/idem OUT=$T/cross ./build.sh cross >"$T/log" 2>&1; then
        for t in aa64 rv64; do
            grep -q "^cross/$t == cross/$t-$t: " "$T/log" && grep -q "^stage2 == cross/$t-x64: $want" "$T/log" &&
                echo "ok cross-stages-$t" || { cat "$T/log"; echo "not ok cross-stages-$t: not compared"; }
        done
    else
        cat "$T/log"
        echo "not ok cross-stages"
    fi
    rm -rf "$T/cross"
else
    echo "skip cross-stages no qemu-riscv64 or no qemu-aarch64"
fi
# The bootstrap on another machine, from another seed: all answers hold there too.
elsewhere() { # TARGET CC EMULATOR
    command -v "$2" >/dev/null && command -v "$3" >/dev/null || { echo "skip bootstrap-on-$1 no $2 or no $3"; return; }
    TARGET=$1 CC=$2 RUN=$3 OUT=$T/elsewhere ./build.sh verify >"$T/log" 2>&1 &&
        echo "ok bootstrap-on-$1" || { cat "$T/log"; echo "not ok bootstrap-on-$1"; }
    rm -rf "$T/elsewhere"
}
elsewhere rv64 riscv64-linux-gnu-gcc qemu-riscv64
elsewhere aa64 aarch64-linux-gnu-gcc qemu-aarch64
sh bootstrap/vary.sh "$OUT/stage0/idem"
exit 0
