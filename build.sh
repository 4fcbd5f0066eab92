#!/bin/sh
# Builds idem from source, three times: stage0 by a foreign C compiler, stage1 by stage0, stage2 by stage1; then compares
# stage1 and stage2 byte for byte. POSIX sh and cp mkdir rm mv only.
#
#   ./build.sh            the three stages and the comparison
#   ./build.sh stage0     only the first (stage1: the first two)
#   ./build.sh answers    the three stages, then writes bootstrap/answers/<target>
#   ./build.sh verify     the three stages, then compares with the answers
#   ./build.sh check      the three stages, then the fast tests
#   ./build.sh test       verify, then all tests
#
# CC     the seed, with flags if you like: CC="gcc -O0". Default: the first of cc, gcc, clang, tcc.
# OUT    the output folder, default out.
# JOBS   compilations at a time, default 2.
# ORDER  "reverse" compiles the files in the opposite order (the result must not change).
# STAGE0 an idem to use as stage0 instead of building one.
set -eu
LC_ALL=C
export LC_ALL
unset CDPATH
case $0 in
./build.sh) ;;
*/*)
    case ${OUT:-/} in
    /*) ;;
    *) OUT=$PWD/$OUT ;;
    esac
    cd -- "${0%/*}"
    ;;
esac
OUT=${OUT:-out}
JOBS=${JOBS:-2}
ORDER=${ORDER:-forward}
STAGE0=${STAGE0:-}
TARGET=${TARGET:-x64}
SEED_FLAGS="-ffreestanding -nostdinc -Irt/include -Isrc -I. -Iarch/$TARGET"
IDEM_FLAGS="-std=c11 -O1 -ffreestanding -nostdinc -Irt/include -Isrc -I. -Iarch/$TARGET"

fail() {
    echo "build.sh: $*" >&2
    exit 1
}

# Sets `sources`: every file of the program, in one order everywhere.
list_sources() {
    sources=
    for f in rt/*.c src/*.c src/*/*.c arch/*.c arch/*/*.c "arch/$TARGET"/*.S; do
        [ ! -f "$f" ] || sources="$sources $f"
    done
}

# object FILE: sets `object` to its object's name below the stage.
object() {
    object=
    rest=$1
    while :; do
        case $rest in
        */*) object=${object}${rest%%/*}_ rest=${rest#*/} ;;
        *) break ;;
        esac
    done
    object=obj/$object$rest.o
}

# Processor seconds of all commands so far, in hundredths: sets `now`.
clock() {
    times >"$OUT/times"
    { read -r _ && read -r user sys; } <"$OUT/times"
    hundredths "$user"
    now=$hundredths
    hundredths "$sys"
    now=$((now + hundredths))
}

# hundredths 1m2.345s
hundredths() {
    m=${1%%m*} s=${1#*m}
    s=${s%s}
    h=${s#*[.,]}00
    s=${s%%[.,]*}
    h=${h%"${h#??}"}
    hundredths=$((m * 6000 + s * 100 + ${h#0}))
}

# compile STAGE FILE COMMAND...: one object; a line in the file `failed` if it does not work.
compile() {
    stage=$1 file=$2
    shift 2
    object "$file"
    "$@" -c "$file" -o "$OUT/$stage/$object" || echo "$file" >>"$OUT/$stage/failed"
}

# compile_all STAGE COMMAND...
compile_all() {
    stage=$1
    shift
    rm -rf "$OUT/$stage"
    mkdir -p "$OUT/$stage/obj" "$OUT/$stage/include" "$OUT/$stage/lib/$TARGET"
    cp rt/include/*.h "$OUT/$stage/include/"
    todo=$sources
    if [ "$stage" = stage0 ]; then
        todo="$todo stage0/shim.c"
    fi
    if [ "$ORDER" = reverse ]; then
        reversed=
        for f in $todo; do reversed="$f $reversed"; done
        todo=$reversed
    fi
    running=0 files=0
    for f in $todo; do
        compile "$stage" "$f" "$@" &
        running=$((running + 1)) files=$((files + 1))
        if [ "$running" -ge "$JOBS" ]; then
            wait
            running=0
            [ ! -f "$OUT/$stage/failed" ] || break
        fi
    done
    wait
    if [ -f "$OUT/$stage/failed" ]; then
        read -r first <"$OUT/$stage/failed"
        fail "$stage: cannot compile $first"
    fi
}

# report STAGE BY: the line a stage.
report() {
    clock
    spent=$((now - start))
    cents=$((spent % 100))
    [ "$cents" -ge 10 ] || cents=0$cents
    sum=$("$OUT/$1/idem" sha256 "$OUT/$1/idem") || fail "$1 does not run"
    echo "$1: by $2, $files files, $((spent / 100)).$cents s, ${sum%% *}"
    start=$now
}

build_stage0() {
    if [ -z "${CC:-}" ]; then
        for CC in cc gcc clang tcc none; do
            ! command -v "$CC" >/dev/null 2>&1 || break
        done
        [ "$CC" != none ] || fail "no C compiler: set CC"
    fi
    # shellcheck disable=SC2086
    compile_all stage0 $CC $SEED_FLAGS
    set --
    for f in $sources stage0/shim.c; do
        object "$f"
        set -- "$@" "$OUT/stage0/$object"
    done
    # shellcheck disable=SC2086
    $CC -nostdlib -static -o "$OUT/stage0/idem" "$@" || fail "stage0: cannot link"
    report stage0 "$CC"
}

# Takes the idem of $STAGE0 as it is.
borrow_stage0() {
    rm -rf "$OUT/stage0"
    mkdir -p "$OUT/stage0"
    cp "$STAGE0" "$OUT/stage0/idem"
    files=0
    report stage0 "$STAGE0"
}

# build_stage STAGE BY
build_stage() {
    stage=$1 by=$2
    # shellcheck disable=SC2086
    compile_all "$stage" "$OUT/$by/idem" cc $IDEM_FLAGS
    set --
    for f in $sources; do
        case $f in
        rt/* | arch/*.S)
            object "$f"
            set -- "$@" "$OUT/$stage/$object"
            ;;
        esac
    done
    "$OUT/$by/idem" ar rcs "$OUT/$stage/lib/$TARGET/librt.a" "$@" || fail "$stage: cannot make librt.a"
    set --
    for f in $sources; do
        object "$f"
        set -- "$@" "$OUT/$stage/$object"
    done
    "$OUT/$by/idem" ld -static -o "$OUT/$stage/idem" "$@" || fail "$stage: cannot link"
    report "$stage" "$by"
}

# Every object, the archive and the executable of stage1 against stage2's.
compare_stages() {
    same=yes
    for f in $sources; do
        object "$f"
        "$OUT/stage2/idem" cmp "$OUT/stage1/$object" "$OUT/stage2/$object" || { same=no; break; }
    done
    [ $same = no ] || "$OUT/stage2/idem" cmp "$OUT/stage1/lib/$TARGET/librt.a" "$OUT/stage2/lib/$TARGET/librt.a" || same=no
    [ $same = no ] || "$OUT/stage2/idem" cmp "$OUT/stage1/idem" "$OUT/stage2/idem" || same=no
    [ $same = yes ] || fail "stage1 and stage2 differ"
    sum=$("$OUT/stage2/idem" sha256 "$OUT/stage2/idem")
    echo "stage1 == stage2: ${sum%% *}"
}

# A line an object, the archive and the executable of stage1, into $OUT/answers.
list_answers() {
    set --
    for f in $sources; do
        object "$f"
        set -- "$@" "$object"
    done
    here=$PWD
    case $OUT in
    /*) out=$OUT ;;
    *) out=$here/$OUT ;;
    esac
    cd -- "$out/stage1"
    ./idem sha256 "$@" "lib/$TARGET/librt.a" idem >"$out/answers"
    cd -- "$here"
}

verify() {
    list_answers
    [ -f "bootstrap/answers/$TARGET" ] || fail "no answers for $TARGET; ./build.sh answers writes them"
    "$OUT/stage2/idem" cmp "bootstrap/answers/$TARGET" "$OUT/answers" >/dev/null && {
        echo "answers: bootstrap/answers/$TARGET holds"
        return
    }
    while read -r want && read -r got <&3; do
        [ "$want" = "$got" ] || { echo "  answer: $want"; echo "  built:  $got"; break; }
    done <"bootstrap/answers/$TARGET" 3<"$OUT/answers"
    fail "bootstrap/answers/$TARGET is stale: after a wanted change, ./build.sh answers writes it anew"
}

command=${1:-all}
case $command in
all | stage0 | stage1 | answers | verify | check | test) ;;
*) fail "unknown command '$command'; the head of build.sh lists them" ;;
esac
list_sources
mkdir -p "$OUT"
clock
start=$now
if [ -n "$STAGE0" ]; then borrow_stage0; else build_stage0; fi
[ "$command" != stage0 ] || exit 0
build_stage stage1 stage0
[ "$command" != stage1 ] || exit 0
build_stage stage2 stage1
compare_stages
case $command in
answers)
    list_answers
    mkdir -p bootstrap/answers
    cp "$OUT/answers" "bootstrap/answers/$TARGET"
    echo "answers: bootstrap/answers/$TARGET written"
    ;;
verify) verify ;;
check) OUT=$OUT tests/run.sh check ;;
test)
    verify
    OUT=$OUT tests/run.sh all
    ;;
esac
