#!/bin/sh
# Builds two.c with idem's library by gcc and its libc, sanitized in `all`, and runs it. two.sh FOLDER THREE LOOP CSRS MANY SHRINKS
mkdir -p "$1"
library=
for f in src/base/*.c src/ir/*.c src/emu/*.c src/jit/*.c src/obj/*.c src/gen/*.c src/as/*.c src/ld/*.c src/pp/*.c src/cc/*.c src/*.c arch/*.c arch/*/*.c rt/fmt.c rt/sort.c \
    rt/sys.c rt/file.c rt/start.c tests/san/host.c; do
    [ -f "$f" ] && library="$library $f"
done
flags="-O1 -w"
[ "$TIER" = all ] && flags="-O1 -g -w -fsanitize=address,undefined -fno-sanitize-recover=undefined -DIDEM_HOSTILE"
for f in $library tests/emu/two.c; do echo "$f"; done |
    xargs -P 2 -I@ sh -c 'gcc -std=gnu11 -Isrc -I. -Iarch/x64 '"$flags"' -c "@" -o "'"$1"'/$(echo "@" | tr / _).o"' &&
    gcc $flags -o "$1/two" "$1"/*.o && ASAN_OPTIONS=detect_leaks=0 "$1/two" "$2" "$3" "$4" "$5" "$6"
