#!/bin/sh
# Unit tests of rt and base: freestanding as each seed builds them, and under the sanitizers with hostile arenas.
files="tests/base/unit.c rt/*.c src/base/softfloat.c src/base/sf_convert.c src/base/arena.c src/base/buf.c src/base/map.c src/base/intern.c src/base/srcmap.c
    src/base/diag.c src/base/utf8.c src/base/sha256.c src/base/bits.c"
flags="-std=c11 -ffreestanding -fno-stack-protector -Isrc -I. -Iarch/x64 -Irt/include"

freestanding() {
    name=$1
    shift
    command -v "$1" >/dev/null || { echo "skip $name: no $1"; return; }
    "$@" $flags -nostdlib -static -o "$T/$name" $files stage0/shim.c arch/x64/start.S arch/x64/mem.S &&
        "$T/$name" >"$T/out" || echo "not ok $name: does not build or ends badly"
    sed "s/ok /ok $name: /" "$T/out"
}

freestanding gcc-O2 gcc -O2 -pedantic -Wall -Wextra -Werror
if [ "$TIER" = all ]; then
    freestanding gcc-O0 gcc -O0
    freestanding gcc-O3 gcc -O3 -march=native
    freestanding clang-O2 clang -O2 -pedantic -Wall -Wextra -Werror
    freestanding tcc tcc
fi
hosted=
for f in $files; do [ "$f" = rt/str.c ] || hosted="$hosted $f"; done
gcc $flags -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -DIDEM_HOSTILE -no-pie -o "$T/san" $hosted \
    tests/san/host.c && "$T/san" >"$T/out" || echo "not ok sanitized: does not build or ends badly"
sed "s/ok /ok sanitized: /" "$T/out"
