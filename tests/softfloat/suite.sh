#!/bin/sh
# softfloat against the machine, libgcc, glibc (check.c) and exact integers (exact.py): about ten seconds, in the tier
# `check` half. Otherwise also against RISC-V and AArch64 (guest.c), and in the tier `all` as tcc compiles it and under
# the sanitizers.
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
dir=$(mktemp -d "${TMPDIR:-${T:-/tmp}}/softfloat.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
if [ "$(uname -m)" != x86_64 ] || ! command -v gcc >/dev/null; then
    echo "skip softfloat needs gcc on x86_64"
    if [ "$TIER" != check ]; then
    guest riscv64 -march=rv64gc -mabi=lp64d
    guest aarch64
fi
exit 0
fi
include="-I$root/src -I$root"

# run NAME PART FLAGS COMPILER...: the product's own files by COMPILER, the oracle by gcc with FLAGS.
run() {
    name=$1 part=$2 flags=$3
    shift 3
    for f in softfloat sf_convert sf_text sf_big; do
        "$@" $include -c "$root/src/base/$f.c" -o "$dir/$f.o" || { echo "not ok ${name}build"; return; }
    done
    gcc -std=gnu11 -Wall -Wextra -Werror -O2 -frounding-math -ffp-contract=off -fno-builtin $include $flags \
        "$here/check.c" "$dir"/*.o -o "$dir/check" -lm || { echo "not ok ${name}build"; return; }
    {
        "$dir/check" $part || echo "not ok check.c ends with $?"
        if command -v python3 >/dev/null; then
            python3 "$here/exact.py" "$dir/check" || echo "not ok exact.py ends with $?"
        else
            echo "skip exact needs python3"
        fi
    } 2>&1 | sed "s/^\(ok\|not ok\) /\1 $name/"
}

# guest ARCH FLAGS: clang and lld make it, qemu runs it.
guest() {
    arch=$1
    shift
    if ! command -v clang >/dev/null || ! command -v ld.lld >/dev/null || ! command -v qemu-$arch >/dev/null; then
        echo "skip $arch needs clang, ld.lld and qemu-$arch"
        return
    fi
    clang --target=$arch-linux-gnu "$@" -std=gnu11 -Wall -Wextra -Werror -O1 -ffreestanding -fno-builtin \
        -nostdlib -static -fuse-ld=lld $include "$here/guest.c" "$root/src/base/softfloat.c" "$root"/src/base/sf_*.c \
        -o "$dir/guest" &&
        qemu-$arch "$dir/guest" || echo "not ok $arch does not build or ends badly"
}

part=1
[ "$TIER" = check ] && part=10
run "" $part "" gcc -std=c11 -pedantic -Wall -Wextra -Werror -ffreestanding -Wframe-larger-than=32768 -O2
if [ "$TIER" = all ]; then
    if command -v tcc >/dev/null; then
        run "tcc: " 10 "" tcc -I"$root/rt/include" -ffreestanding
    else
        echo "skip tcc is not here"
    fi
    run "sanitized: " 20 "-fsanitize=address,undefined" gcc -std=c11 -ffreestanding -O1 -g \
        -fsanitize=address,undefined -fno-sanitize-recover=undefined
fi
if [ "$TIER" != check ]; then
    guest riscv64 -march=rv64gc -mabi=lp64d
    guest aarch64
fi
exit 0
