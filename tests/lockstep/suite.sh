#!/bin/sh
# Random programs for rv64 (gen.c), run by each engine of `idem emu` and by qemu-riscv64: what a program leaves has to be the same. The first
# thousand run on another host's JIT too.
# SEED: of the first program; COUNT: how many; KEEP: a folder for what differs, made smaller (shrink.py). A seed that is a multiple of 8 may
# change code without fence.i: idem promises what that does, qemu does not.
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
T=${T:-$(mktemp -d)}
IDEM=${IDEM:-$OUT/idem}
KEEP=${KEEP:-$T}
seed=${SEED:-1} count=${COUNT:-500} batch=500
[ "$TIER" != all ] || count=${COUNT:-10000}
for p in gcc riscv64-linux-gnu-gcc; do
    command -v $p >/dev/null || { echo "skip lockstep needs $p"; exit 0; }
done
cd "$root" || exit 1
mkdir -p "$KEEP" "$T/o" || exit 1
for f in rt/*.c src/base/*.c src/obj/*.c arch/rv64/enc.c arch/rv64/dec.c arch/rv64/dis.c "$here"/gen.c; do
    case $f in rt/str.c | rt/start.c | rt/sys.c) continue ;; "$here"/*) free= ;; *) free=-ffreestanding ;; esac
    gcc -w -O1 $free -ffunction-sections -fdata-sections -Isrc -I. -Iarch/x64 -c "$f" -o "$T/o/$(echo "$f" | tr / _).o" ||
        { echo "not ok build"; exit 0; }
done
gcc -no-pie -Wl,--gc-sections -o "$T/gen" "$T"/o/*.o || { echo "not ok build"; exit 0; }
riscv64-linux-gnu-gcc -march=rv64gc_zba_zbb_zbc_zbs -nostdlib -static -o "$T/guest" "$here/guest.S" || { echo "not ok build"; exit 0; }
cd "$T" || exit 1

engines="interp jit checked auto auto-checked"
if command -v qemu-riscv64 >/dev/null; then engines="$engines qemu"; else echo "skip lockstep-qemu needs qemu-riscv64"; fi
aa64=$OUT/cross/aa64/idem
engine() {
    case $1 in
    aa64) echo "qemu-aarch64 $aa64 emu --jit" ;;
    interp) echo "$IDEM emu --interp" ;;
    jit) echo "$IDEM emu --jit" ;;
    checked) echo "$IDEM emu --jit --checked" ;;
    auto) echo "$IDEM emu --auto" ;;
    auto-checked) echo "$IDEM emu --auto --checked" ;;
    qemu) echo qemu-riscv64 ;;
    esac
}
# run ENGINE FILE
run() {
    timeout 120 $(engine $1) ./guest "$2"
}
# differ A B FIRST COUNT: the seeds of programs whose eight bytes differ or are not there
differ() {
    {
        cmp -l "$1" "$2" 2>/dev/null | awk '{ print int(($1 - 1) / 8) }'
        for f in "$1" "$2"; do
            n=$(($(wc -c <"$f") / 8))
            [ $n = "$4" ] || echo $n
        done
    } | sort -nu | awk -v first="$3" '{ print first + $1 }'
}
wrong= programs=0 shrunk=0
last=$((seed + count))
echo "seeds $seed to $((last - 1))"
while [ $seed -lt $last ]; do
    n=$((last - seed))
    [ $n -le $batch ] || n=$batch
    seq $seed $((seed + n - 1)) | ./gen batch batch || { echo "not ok seeds-$seed-to-$((seed + n - 1)) are not made"; break; }
    also=
    [ $programs -ge 1000 ] || [ ! -x "$aa64" ] || ! command -v qemu-aarch64 >/dev/null || also=aa64
    for e in $engines $also; do
        run $e batch >out.$e 2>err.$e || { echo "not ok $e ends with $? in seeds $seed to $((seed + n - 1))"; head -3 err.$e; }
        [ $e != interp ] || continue
        for s in $(differ out.interp out.$e $seed $n); do
            [ $e != qemu ] || [ $((s % 8)) != 0 ] || continue
            wrong="$wrong $e"
            small=$s
            if [ $shrunk -lt 4 ]; then
                small=$(timeout 60 python3 "$here/shrink.py" . $s "$(engine interp)" "$(engine $e)" 2>/dev/null || echo $s)
                shrunk=$((shrunk + 1))
            fi
            echo "not ok seed-$s: interp and $e differ; $KEEP/seed-$s.S"
            { echo "# gen list $small"; ./gen list $small; } >"$KEEP/seed-$s.S"
            [ "$small" = "$s" ] || grep -v -e '\.option' -e '\.zero' -e '^#' "$KEEP/seed-$s.S" | sed '/^ *\.data/,$d' | head -40
        done
    done
    programs=$((programs + n)) seed=$((seed + n))
done
[ ! -x "$aa64" ] || ! command -v qemu-aarch64 >/dev/null || engines="$engines aa64"
for e in $engines; do
    [ $e = interp ] || case $wrong in *$e*) ;; *) echo "ok $programs-programs-$e" ;; esac
done

# An engine that is wrong, with another row in a row's place, is found, and little of the program is left.
seq 1 64 | ./gen batch batch && run interp batch >right
for rows in xor=or c.addi=c.addiw lw=lwu beq=bne sraiw=srliw amoadd.w=amoxor.w; do
    seq 1 64 | ./gen -b $rows batch batch && run interp batch >out
    s=$(differ right out 1 64 | head -1)
    [ -n "$s" ] && echo "ok finds-$rows" || { echo "not ok finds-$rows"; continue; }
    small=$(python3 "$here/shrink.py" . $s "$(engine interp)" "$(engine interp)" $rows)
    ./gen list $small | sed '/^ *\.data/,$d' >small.S
    n=$(grep -c '^    [a-z]' small.S)
    grep -q "[[:space:]]${rows%=*}[[:space:]]" small.S && [ "$n" -le 24 ] && echo "ok shrinks-$rows" ||
        { echo "not ok shrinks-$rows: $n lines: gen list $small"; cat small.S; }
done
exit 0
