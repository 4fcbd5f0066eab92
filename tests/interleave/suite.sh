#!/bin/sh
# idem as a library: two units compiled in one process, interleaved, give the bytes of two processes (two.c). Built by gcc with its libc,
# plain and with the address sanitizer and hostile arenas.
command -v gcc >/dev/null || { echo "skip interleave: no gcc"; exit 0; }
library=
for f in src/*.c src/*/*.c arch/*.c arch/*/*.c rt/fmt.c rt/sort.c rt/sys.c rt/file.c rt/start.c tests/san/host.c; do
    case $f in src/tool/*) ;; *) library="$library $f" ;; esac
done
flags="-std=gnu11 -w -Isrc -I. -Iarch/x64"
options="-w -O0 -ffreestanding -nostdinc -Irt/include -Isrc -I. -Iarch/x64"

# NAME GCC-FLAGS...
build() {
    name=$1
    shift
    mkdir -p "$T/$name"
    for f in $library tests/interleave/two.c; do echo "$f"; done |
        xargs -P 2 -I@ sh -c 'gcc '"$flags $*"' -c "@" -o "'"$T/$name"'/$(echo "@" | tr / _).o"' &&
        gcc "$@" -o "$T/$name.exe" "$T/$name"/*.o || { echo "not ok $name: does not build"; return 1; }
}

# NAME A B
# The host of the test keeps the files it reads to the end.
export ASAN_OPTIONS=detect_leaks=0
pair() {
    "$IDEM" cc $options -c "$2" -o "$T/a.o" && "$IDEM" cc $options -c "$3" -o "$T/b.o" &&
        "$T/$1.exe" "$2" "$T/a.o" "$3" "$T/b.o" $options >"$T/out" 2>"$T/err" || { echo "not ok $1 $2 $3: status $?"; head -20 "$T/err"; }
    sed "s|ok |ok $1, $2 and $3: |" "$T/out"
}
if build plain -O0; then
    pair plain src/ir/read.c src/pp/lex.c
    pair plain src/cc/lower.c src/base/map.c
    pair plain tests/interleave/input/kr.c tests/interleave/input/data.c
fi
[ "$TIER" = all ] || exit 0
if build sanitized -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -DIDEM_HOSTILE; then
    pair sanitized src/ir/read.c tests/interleave/input/data.c
    pair sanitized tests/interleave/input/kr.c src/base/map.c
fi
exit 0
