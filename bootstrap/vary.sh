#!/bin/sh
# Shows that stage1 does not depend on its surroundings: builds it again and again with one thing changed, and compares
# every object, the archive and the executable with the first. Usage: bootstrap/vary.sh [STAGE0], an idem to build with
# (default $OUT/stage0/idem). One line a variation: ok, not ok or skip. This script is a test and may use any tool.
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
OUT=${OUT:-$here/out}
stage0=${1:-$OUT/stage0/idem}
stage0=$(cd "$(dirname "$stage0")" && pwd)/$(basename "$stage0")
work=$(mktemp -d)
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
status=0
umask 022
chmod 755 "$work"

# copy DIR [reverse]: the sources of a build, written in the given order.
copy() {
    mkdir -p "$1"
    (cd "$here" && find rt src arch stage0 build.sh -type f | LC_ALL=C sort ${2:+-r}) | while IFS= read -r f; do
        mkdir -p "$1/$(dirname "$f")"
        cp -p "$here/$f" "$1/$f"
    done
}

# sums DIR: the answers of a stage1.
sums() {
    (cd "$1/stage1" && find . -type f ! -path './include/*' | LC_ALL=C sort | while IFS= read -r f; do
        "$stage0" sha256 "$f"
    done)
}

# vary NAME DIR OUT COMMAND...: builds in DIR by COMMAND into OUT and compares.
vary() {
    name=$1 dir=$2 out=$3
    shift 3
    if (cd "$dir" && "$@") >"$work/log" 2>&1 && sums "$out" >"$work/sums" && cmp -s "$work/sums" "$work/want"; then
        echo "ok $name"
    else
        status=1
        tail -n 5 "$work/log"
        diff "$work/want" "$work/sums" 2>/dev/null | head -n 6
        echo "not ok $name"
    fi
    chmod -R u+rwX "$out"
    rm -rf "$out"
}

copy "$work/base"
(cd "$work/base" && STAGE0=$stage0 OUT=$work/o ./build.sh stage1) >"$work/log" 2>&1 || {
    cat "$work/log"
    echo "not ok base"
    exit 1
}
sums "$work/o" >"$work/want"
cp "$work/o/stage1/idem" "$work/idem"
rm -rf "$work/o"
export STAGE0="$stage0"

deep="$work/a b/c\$d/$(printf 'deep/%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)x"
copy "$deep"
vary path-and-depth "$deep" "$deep/out put" env OUT="out put" ./build.sh stage1
rm -rf "$work/a b"
copy "$work/reversed" reverse
vary order-on-disk "$work/reversed" "$work/o" env OUT="$work/o" ./build.sh stage1
find "$work/reversed" -type f -exec touch -d '2001-02-03 04:05:06' {} +
vary time-of-files "$work/reversed" "$work/o" env OUT="$work/o" ./build.sh stage1
rm -rf "$work/reversed"
cd "$work/base" || exit 1
vary later "$work/base" "$work/o" sh -c 'sleep 1.1; OUT=$0 ./build.sh stage1' "$work/o"
vary tz "$work/base" "$work/o" env OUT="$work/o" TZ=Pacific/Kiritimati ./build.sh stage1
vary lang "$work/base" "$work/o" env OUT="$work/o" LANG=tr_TR.UTF-8 LC_CTYPE=tr_TR.UTF-8 LANGUAGE=tr ./build.sh stage1
vary umask "$work/base" "$work/o" env OUT="$work/o" sh -c 'umask 077; exec ./build.sh stage1'
vary empty-environment "$work/base" "$work/o" env -i PATH=/usr/bin:/bin STAGE0="$stage0" OUT="$work/o" ./build.sh stage1
vary strange-environment "$work/base" "$work/o" env OUT="$work/o" CPATH=/nowhere C_INCLUDE_PATH=/nowhere CFLAGS=-g \
    SOURCE_DATE_EPOCH=12345 GCC_COLORS= ZZZ="$(head -c 5000 /dev/zero | tr '\0' z)" ./build.sh stage1
vary order-of-compilation "$work/base" "$work/o" env OUT="$work/o" ORDER=reverse ./build.sh stage1
vary one-at-a-time "$work/base" "$work/o" env OUT="$work/o" JOBS=1 ./build.sh stage1
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    mkdir "$work/o"
    cp "$stage0" "$work/idem0"
    chmod 755 "$work/idem0"
    chown 65534 "$work/o"
    vary uid "$work/base" "$work/o" setpriv --reuid 65534 --regid 65534 --clear-groups \
        env STAGE0="$work/idem0" OUT="$work/o" ./build.sh stage1
else
    echo "skip uid needs root and setpriv"
fi
if setarch -R true 2>/dev/null; then
    vary no-aslr "$work/base" "$work/o" setarch -R env OUT="$work/o" ./build.sh stage1
else
    echo "skip no-aslr setarch is denied"
fi
echo "hash: $(sed -n 's/  \.\/idem$//p' "$work/want")"
exit $status
