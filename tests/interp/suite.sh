#!/bin/sh
# The interpreter: each operation against an independent evaluator, lifted blocks, faults, exits; random functions.
files="tests/interp/unit.c tests/interp/random.c tests/san/host.c rt/fmt.c rt/sort.c rt/sys.c rt/file.c src/ir/*.c src/base/*.c"
flags="-std=gnu11 -Isrc -I. -Iarch/x64 -fno-strict-aliasing -frounding-math"
run() {
    name=$1
    shift
    { gcc $flags "$@" -o "$T/$name" $files -lm && "$T/$name"; } >"$T/out" 2>&1 || echo "not ok $name: does not build or ends badly"
    sed "s/^ok /ok $name: /" "$T/out"
}
command -v gcc >/dev/null || { echo "skip interp: no gcc"; exit 0; }
run plain -O1
[ "$TIER" != all ] || run sanitized -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -DIDEM_HOSTILE
