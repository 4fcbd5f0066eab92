#!/bin/sh
# Incremental development build: ${DEV:-/tmp/idem-dev}/idem, with debug information. Recompiles what changed or whose
# headers changed; prints errors and warnings only. CC, CFLAGS and DEV may be set; several DEV folders do not disturb
# each other. SAN=1: address and undefined-behaviour sanitizers, and arenas that move and poison, in a folder of its own.
set -e
cd "$(dirname "$0")/.."
CC=${CC:-gcc}
CFLAGS=${CFLAGS:--O1 -g}
sources="rt/*.c src/*/*.c src/*.c arch/*/*.c arch/*.c"
if [ -n "$SAN" ]; then
    DEV=${DEV:-/tmp/idem-san}
    CFLAGS="$CFLAGS -fsanitize=address,undefined -fno-sanitize-recover=undefined -DIDEM_HOSTILE"
    LINK=-no-pie
    sources="$sources tests/san/host.c"
else
    DEV=${DEV:-/tmp/idem-dev}
    LINK="-nostdlib -static -Wl,-Ttext-segment=0x70000000"
    sources="$sources arch/x64/*.S"
fi
FLAGS="-std=c11 -pedantic -Wall -Wextra -ffreestanding -fno-stack-protector -Isrc -I. -Iarch/x64 $CFLAGS"
mkdir -p "$DEV/obj"
printf '%s\n' "$CC $FLAGS" >"$DEV/flags.new"
cmp -s "$DEV/flags.new" "$DEV/flags" 2>/dev/null || { rm -f "$DEV"/obj/*.o "$DEV"/obj/*.d; mv "$DEV/flags.new" "$DEV/flags"; }

objs= changed= failed=0 jobs=0
for f in $sources; do
    [ -f "$f" ] || continue
    case $SAN$f in 1rt/str.c) continue ;; esac
    o=$DEV/obj/$(printf %s "$f" | tr / _).o
    objs="$objs $o"
    stale=0
    if [ ! -f "$o" ] || [ "$f" -nt "$o" ]; then
        stale=1
    elif [ -f "${o%.o}.d" ]; then
        for h in $(sed 's/^[^:]*://; s/\\$//' "${o%.o}.d"); do
            if [ ! -f "$h" ] || [ "$h" -nt "$o" ]; then stale=1; break; fi
        done
    fi
    [ $stale = 1 ] || continue
    changed="$changed $f"
done
for f in $changed; do
    o=$DEV/obj/$(printf %s "$f" | tr / _).o
    { $CC $FLAGS -MMD -MF "${o%.o}.d" -c "$f" -o "$o.tmp" && mv "$o.tmp" "$o" || : >"$DEV/failed"; } &
    jobs=$((jobs + 1))
    if [ $jobs = 2 ]; then wait; jobs=0; fi
done
wait
status=0
if [ -f "$DEV/failed" ]; then rm -f "$DEV/failed"; status=1; fi
# A file that fails leaves its last good object; what is missing at the link is told, and crashes when called.
have=
for o in $objs; do [ ! -f "$o" ] || have="$have $o"; done
if [ -n "$changed" ] || [ ! -f "$DEV/idem" ]; then
    if $CC $CFLAGS $LINK -Wl,--warn-unresolved-symbols -o "$DEV/idem.tmp" $have 2>"$DEV/link.log"; then
        mv "$DEV/idem.tmp" "$DEV/idem"
    else
        status=1
    fi
    sed -n 's/.*\(undefined reference to\)/link: \1/p; /multiple definition/p' "$DEV/link.log" | sort -u | head -40
    if grep -q 'undefined reference' "$DEV/link.log"; then status=1; fi
fi
# What idem looks for beside itself: headers and the runtime archives (never sanitized).
mkdir -p "$DEV/include"
cp rt/include/*.h "$DEV/include/"
# runtime FOLDER COMPILER...
runtime() {
    lib=$DEV/lib/$1/librt.a arch=${1%%-*}
    shift
    for f in rt/*.c rt/*.h src/base/softfloat.c src/base/sf_convert.c "arch/$arch"/*.S; do
        if [ ! -f "$lib" ] || [ "$f" -nt "$lib" ]; then break; fi
        f=
    done
    [ -n "$f" ] || return 0
    rm -rf "$DEV/librt" "$lib"
    mkdir -p "$DEV/librt" "${lib%/*}"
    for f in rt/*.c src/base/softfloat.c src/base/sf_convert.c "arch/$arch"/*.S; do
        "$@" -std=c11 -O1 -ffreestanding -Isrc -I. "-Iarch/$arch" -c "$f" -o "$DEV/librt/${f##*/}.o" || status=1
    done
    ar rcsD "$lib" "$DEV"/librt/*.o
}
runtime x64 gcc -fno-stack-protector
runtime rv64 "$DEV/idem" cc -target rv64
runtime rv64-lp64 "$DEV/idem" cc -target rv64 -march=rv64i -mabi=lp64
exit $status
