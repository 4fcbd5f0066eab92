#!/bin/sh
# The house's rules: text and layers always; in `all` also that every file compiles without a warning by gcc and clang
# and at all by tcc.
export DEV="${DEV:-$OUT/lint-dev}"
sh tests/dev.sh >"$T/dev" 2>&1 || { cat "$T/dev"; echo "not ok development-build"; }
grep -q warning "$T/dev" && { cat "$T/dev"; echo "not ok no-warnings"; }
python3 tests/lint/lint.py "$DEV/obj"
[ "$TIER" = all ] || exit 0
flags="-std=c11 -pedantic -Wall -Wextra -ffreestanding -Isrc -I. -Iarch/x64"
for f in rt/*.c src/*.c src/*/*.c arch/*.c arch/*/*.c; do
    [ -f "$f" ] || continue
    gcc $flags -Wvla -O2 -Werror -c "$f" -o "$T/x.o" || echo "$f" >>"$T/gcc"
    clang $flags -Wvla -Werror -fsyntax-only "$f" || echo "$f" >>"$T/clang"
    tcc -ffreestanding -nostdinc -Irt/include -Isrc -I. -Iarch/x64 -c "$f" -o "$T/y.o" || echo "$f" >>"$T/tcc"
done
for cc in gcc clang tcc; do
    if [ -f "$T/$cc" ]; then echo "not ok $cc: $(tr '\n' ' ' <"$T/$cc")"; else echo "ok $cc"; fi
done
