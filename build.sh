#!/bin/sh
# Builds idem from source, three times: stage0 by a foreign C compiler, stage1 by stage0, stage2 by stage1; then compares
# stage1 and stage2 byte for byte. POSIX sh and cp mkdir rm mv only; `cross` runs an emulator as well.
#
#   ./build.sh            the three stages and the comparison
#   ./build.sh stage0     only the first (stage1: the first two)
#   ./build.sh cross      the three stages, then the other targets' idems: built here, and built again by themselves under an
#                         emulator, which also build this one: all must be the same bytes
#   ./build.sh answers    the three stages and the other targets' idems, then writes bootstrap/answers/<target> for each
#   ./build.sh verify     the three stages and the other targets' idems, then compares with the answers; then rv64's builds itself and
#                         this one under `idem emu`, interpreted and as code of this machine: the same bytes
#   ./build.sh matrix     the three stages and the other targets' idems, then every target's idem by every target's: rv64's under
#                         `idem emu`, interpreted and as code of this machine, others' under RUN_<target>; prints one table
#   ./build.sh check      the three stages, then the fast tests
#   ./build.sh test       verify, then all tests
#
# CC     the seed, with flags if you like: CC="gcc -O0". Default: the first of cc, gcc, clang, tcc.
# OUT    the output folder, default out.
# JOBS   compilations at a time, default 2.
# ORDER  "reverse" compiles the files in the opposite order (the result must not change).
# STAGE0 an idem to use as stage0 instead of building one.
# TARGET what stages are built for and run on, default x64.
# ENGINES how `verify` lets rv64's idem run, default "--interp --jit"; "" not at all.
# RUN    an emulator that runs them where this machine cannot: TARGET=rv64 CC=riscv64-linux-gnu-gcc RUN=qemu-riscv64.
# RUN_rv64 ...  how a program of that target is run, default qemu-riscv64 ...
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
ENGINES=${ENGINES---interp --jit}
TARGET=${TARGET:-x64}
RUN=${RUN:-}
TARGETS="x64 aa64 rv64"
RUN_aa64=${RUN_aa64:-qemu-aarch64}
RUN_x64=${RUN_x64:-qemu-x86_64}
RUN_rv64=${RUN_rv64:-qemu-riscv64}
SEED_FLAGS="-ffreestanding -nostdinc -Irt/include -Isrc -I. -Iarch/$TARGET"
IDEM_FLAGS="-std=c11 -O1 -ffreestanding -nostdinc -Irt/include -Isrc -I."
# The runtime libraries that idem links programs with: folder below lib/, then the target and its options.
RUNTIMES="x64 aa64 rv64 rv64-lp64"
runtime_flags() {
    case $1 in
    rv64-lp64) runtime_target=rv64 runtime_flags="-march=rv64i -mabi=lp64" ;;
    *) runtime_target=$1 runtime_flags= ;;
    esac
}

fail() {
    echo "build.sh: $*" >&2
    exit 1
}

# list_sources TARGET: sets `sources`: every file of the program, in one order everywhere.
list_sources() {
    sources=
    for f in rt/*.c src/*.c src/*/*.c arch/*.c arch/*/*.c "arch/$1"/*.S; do
        [ ! -f "$f" ] || sources="$sources $f"
    done
}

# Sets `runtime_sources` for a target: rt and the soft-float its helpers call.
list_runtime() {
    runtime_sources=
    for f in rt/*.c src/base/softfloat.c src/base/sf_convert.c "arch/$1"/*.S; do
        [ ! -f "$f" ] || runtime_sources="$runtime_sources $f"
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

# compile_all STAGE FILES COMMAND...: the files' objects.
compile_all() {
    stage=$1 todo=$2
    shift 2
    mkdir -p "$OUT/$stage/obj"
    if [ "$ORDER" = reverse ]; then
        reversed=
        for f in $todo; do reversed="$f $reversed"; done
        todo=$reversed
    fi
    running=0
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

# start_folder STAGE: empty, with the headers idem brings along.
start_folder() {
    files=0
    rm -rf "$OUT/$1"
    mkdir -p "$OUT/$1/include"
    cp rt/include/*.h "$OUT/$1/include/"
}

# report STAGE BY [IDEM]: the line a stage; IDEM is one that runs here, default the stage's own. Sets `sum` and `seconds`.
report() {
    clock
    spent=$((now - start))
    cents=$((spent % 100))
    [ "$cents" -ge 10 ] || cents=0$cents
    seconds=$((spent / 100)).$cents
    sum=$($RUN "${3:-$OUT/$1/idem}" sha256 "$OUT/$1/idem") || fail "$1 does not run"
    sum=${sum%% *}
    echo "$1: by $2, $files files, $seconds s, $sum"
    start=$now
}

# base TARGET: sets where its idem lies. The addresses below are left to guests of the emulator, and one target's idem is not in the
# way of another's.
base() {
    case $1 in
    x64) BASE=0x70000000 ;;
    aa64) BASE=0x68000000 ;;
    *) BASE=0x60000000 ;;
    esac
}

build_stage0() {
    if [ -z "${CC:-}" ]; then
        for CC in cc gcc clang tcc none; do
            ! command -v "$CC" >/dev/null 2>&1 || break
        done
        [ "$CC" != none ] || fail "no C compiler: set CC"
    fi
    start_folder stage0
    case $TARGET in
    x64) shim=stage0/shim.c ;;
    *) shim= ;;
    esac
    # shellcheck disable=SC2086
    compile_all stage0 "$sources $shim" $CC $SEED_FLAGS
    set --
    for f in $sources $shim; do
        object "$f"
        set -- "$@" "$OUT/stage0/$object"
    done
    base "$TARGET"
    # shellcheck disable=SC2086
    $CC -nostdlib -static "-Wl,-Ttext-segment=$BASE" -o "$OUT/stage0/idem" "$@" 2>/dev/null ||
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

# archive STAGE RUNTIME COMMAND...: lib/RUNTIME/librt.a, by `COMMAND cc` and `COMMAND ar`.
archive() {
    into=$1 runtime=$2
    shift 2
    runtime_flags "$runtime"
    list_runtime "$runtime_target"
    mkdir -p "$OUT/$into/lib/$runtime"
    # shellcheck disable=SC2086
    compile_all "$into/lib/$runtime" "$runtime_sources" "$@" cc $IDEM_FLAGS -target "$runtime_target" "-Iarch/$runtime_target" $runtime_flags
    set -- "$@" ar rcs "$OUT/$into/lib/$runtime/librt.a"
    for f in $runtime_sources; do
        object "$f"
        set -- "$@" "$OUT/$into/lib/$runtime/$object"
    done
    "$@" || fail "$into: cannot make $runtime/librt.a"
    rm -rf "$OUT/$into/lib/$runtime/obj"
}

# build_stage STAGE TARGET COMMAND...: idem for TARGET and the runtimes, by the idem that COMMAND runs.
build_stage() {
    into=$1 target=$2
    shift 2
    list_sources "$target"
    start_folder "$into"
    compile_all "$into" "$sources" "$@" cc $IDEM_FLAGS -target "$target" "-Iarch/$target"
    for runtime in $RUNTIMES; do
        archive "$into" "$runtime" "$@"
    done
    base "$target"
    set -- "$@" cc -target "$target" -nostdlib -static "-Wl,-Ttext-segment=$BASE" -o "$OUT/$into/idem"
    for f in $sources; do
        object "$f"
        set -- "$@" "$OUT/$into/$object"
    done
    "$@" || fail "$into: cannot link"
}

# compare ONE OTHER TARGET: every object, the archives and the executable; cmp tells where the first differs.
compare() {
    list_files "$3"
    for file in $files_of; do
        $RUN "$OUT/stage2/idem" cmp "$OUT/$1/$file" "$OUT/$2/$file" || fail "$1 and $2 differ"
    done
    hash=$($RUN "$OUT/stage2/idem" sha256 "$OUT/$2/idem")
    echo "$1 == $2: ${hash%% *}"
}

# list_files TARGET: sets `files_of`: what a stage for it consists of.
list_files() {
    list_sources "$1"
    files_of=
    for f in $sources; do
        object "$f"
        files_of="$files_of $object"
    done
    for runtime in $RUNTIMES; do files_of="$files_of lib/$runtime/librt.a"; done
    files_of="$files_of idem"
}

# The other targets' idems, by stage2: cross/<target>.
build_others() {
    for other in $TARGETS; do
        [ "$other" != "$TARGET" ] || continue
        build_stage "cross/$other" "$other" $RUN "$OUT/stage2/idem"
        report "cross/$other" stage2 "$OUT/stage2/idem"
        [ "$command" != matrix ] || cell "$TARGET" "this machine" "$other" "cross/$other"
    done
}

# cell HOST BY TARGET STAGE: a line of the matrix, of the stage that was just reported.
cell() {
    verdict="equal to the answers"
    holds "$3" "$4" || {
        verdict="differs first in ${want##* }"
        unequal="$unequal $1/$3"
    }
    matrix="$matrix$(printf '%-5s %-22s %-6s %s %8s  %s' "$1" "$2" "$3" "$sum" "$seconds" "$verdict")
"
}

# hosted HOST MADE COMMAND...: HOST's idem, run by COMMAND, builds those of MADE.
hosted() {
    host=$1 wanted=$2
    shift 2
    "$@" "$OUT/cross/$host/idem" --version >/dev/null || fail "cross/$host: does not run; set RUN_$host"
    for made in $wanted; do
        build_stage "cross/$host-$made" "$made" "$@" "$OUT/cross/$host/idem"
        report "cross/$host-$made" "cross/$host under $*" "$OUT/stage2/idem"
        [ "$command" != matrix ] || cell "$host" "${*##*/}" "$made" "cross/$host-$made"
    done
}

# cross HOST MADE EMULATOR...: what its idem builds is what was built here.
cross() {
    hosted "$@"
    for made in $wanted; do
        folder "$made"
        compare "$folder" "cross/$host-$made" "$made"
    done
}

# By emulators of the machine's.
cross_all() {
    for foreign in $TARGETS; do
        [ "$foreign" != "$TARGET" ] || continue
        eval "run=\$RUN_$foreign"
        # shellcheck disable=SC2086
        cross "$foreign" "$foreign $TARGET" $run
    done
}

# By idem's own, once an engine.
emulate() {
    [ "$TARGET" = x64 ] || return 0
    for engine in $ENGINES; do cross rv64 "$TARGETS" "$OUT/stage2/idem" emu "$engine"; done
}

matrix() {
    for foreign in $TARGETS; do
        [ "$foreign" != "$TARGET" ] || continue
        if [ "$foreign" = rv64 ] && [ "$TARGET" = x64 ]; then
            for engine in $ENGINES; do hosted rv64 "$TARGETS" "$OUT/stage2/idem" emu "$engine"; done
        else
            eval "run=\$RUN_$foreign"
            # shellcheck disable=SC2086
            hosted "$foreign" "$TARGETS" $run
        fi
    done
    printf '%-5s %-22s %-6s %-64s %8s  %s\n%s' host "run by" target "sha256 of its idem" seconds "objects, archives, idem" "$matrix"
    [ -z "$unequal" ] || fail "not equal:$unequal"
}

# folder TARGET: sets `folder` to where that target's idem stands.
folder() {
    folder=cross/$1
    [ "$1" != "$TARGET" ] || folder=stage2
}

# list_answers TARGET STAGE: a line an object, the archives and the executable of it, into $OUT/answers.
list_answers() {
    list_files "$1"
    here=$PWD
    case $OUT in
    /*) out=$OUT ;;
    *) out=$here/$OUT ;;
    esac
    cd -- "$out/$2"
    # shellcheck disable=SC2086
    $RUN "$out/stage2/idem" sha256 $files_of >"$out/answers"
    cd -- "$here"
}

# holds TARGET STAGE: are its answers those in the repository? Else sets `want` and `got` to the first lines that differ.
holds() {
    list_answers "$1" "$2"
    $RUN "$OUT/stage2/idem" cmp "bootstrap/answers/$1" "$OUT/answers" >/dev/null 2>&1 && return
    want="- a file that one of them lacks" got=
    [ -f "bootstrap/answers/$1" ] || return 1
    while read -r want && read -r got <&3; do
        [ "$want" = "$got" ] || break
    done <"bootstrap/answers/$1" 3<"$OUT/answers"
    return 1
}

# verify TARGET
verify() {
    folder "$1"
    holds "$1" "$folder" && {
        echo "answers: bootstrap/answers/$1 holds"
        return
    }
    [ -f "bootstrap/answers/$1" ] || fail "no answers for $1; ./build.sh answers writes them"
    echo "  answer: $want"
    echo "  built:  $got"
    fail "bootstrap/answers/$1 is stale: after a wanted change, ./build.sh answers writes it anew"
}

verify_all() {
    build_others
    for answer in $TARGETS; do verify "$answer"; done
    emulate
}

command=${1:-all}
case $command in
all | stage0 | stage1 | cross | answers | verify | matrix | check | test) ;;
*) fail "unknown command '$command'; the head of build.sh lists them" ;;
esac
list_sources "$TARGET"
mkdir -p "$OUT"
clock
start=$now
if [ -n "$STAGE0" ]; then borrow_stage0; else build_stage0; fi
[ "$command" != stage0 ] || exit 0
build_stage stage1 "$TARGET" $RUN "$OUT/stage0/idem"
report stage1 stage0
[ "$command" != stage1 ] || exit 0
build_stage stage2 "$TARGET" $RUN "$OUT/stage1/idem"
report stage2 stage1
compare stage1 stage2 "$TARGET"
matrix='' unequal=''
[ "$command" != matrix ] || cell "$TARGET" "this machine" "$TARGET" stage2
case $command in
cross)
    build_others
    cross_all
    ;;
answers)
    build_others
    mkdir -p bootstrap/answers
    for answer in $TARGETS; do
        folder "$answer"
        list_answers "$answer" "$folder"
        cp "$OUT/answers" "bootstrap/answers/$answer"
        echo "answers: bootstrap/answers/$answer written"
    done
    ;;
verify) verify_all ;;
matrix)
    build_others
    matrix
    ;;
check) OUT=$OUT tests/run.sh check ;;
test)
    verify_all
    OUT=$OUT tests/run.sh all
    ;;
esac
