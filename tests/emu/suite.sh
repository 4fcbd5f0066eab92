#!/bin/sh
# Guests under `idem emu`. Freestanding ones are built by idem and say what they want at their heads (`# exit:`, `# err:`, in which PC
# stands for any number); those with glibc are built by riscv64-linux-gnu-gcc and print what NAME.out has, as a kernel for rv64 makes them
# print. Then: options, damaged files, two guests in one process (two.c), programs of tests/run, and idem for rv64 compiling idem.
here=tests/emu
idem=$IDEM
emu="$idem emu"
gcc=riscv64-linux-gnu-gcc
cd "$T" && mkdir -p work && cd - >/dev/null || exit 1
root=$(pwd)

# NAME CONDITION: the condition's status tells.
check() {
    if [ "$2" = 0 ]; then echo "ok $1"; else echo "not ok $1: $3"; fi
}
wanted() { sed -n "s/^# $2: //p" "$1"; }

# ---- freestanding, by idem; by each engine with each memory ----
# one FILE OPTIONS: the guest that is built runs, and ends as its file says.
one() {
    f=$1
    shift
    (cd "$T" && timeout 20 $emu "$@" ./guest) >"$T/out" 2>"$T/err"
    status=$?
    want=$(wanted "$f" err)
    sed 's/pc 0x[0-9a-f]* (/pc 0xPC (/; s|\./guest|guest|' "$T/err" >"$T/seen"
    check "$name $*" "$([ $status = "$(wanted "$f" exit)" ] && { [ -z "$want" ] || [ "$want" = "$(cat "$T/seen")" ]; }; echo $?)" \
        "status $status, $(cat "$T/seen")"
}
for f in $here/input/*.S; do
    name=$(basename "$f" .S)
    "$idem" cc -target rv64 -march=rv64gc_zba -nostdlib -static "$f" -o "$T/guest" 2>"$T/ld" ||
        { cat "$T/ld"; echo "not ok $name: does not build"; continue; }
    one "$f" --auto
    one "$f" --interp
    one "$f" --jit
    one "$f" --jit --checked
done
"$idem" cc -target rv64 -ffreestanding -nostdlib -I. $here/input/freestanding.c -lrt -o "$T/guest" &&
    (cd "$T" && timeout 20 $emu --argv0 other ./guest x y) >"$T/out" 2>&1
check freestanding-with-rt "$([ $? = 9 ] && [ "$(cat "$T/out")" = "3 arguments, the first is x" ]; echo $?)" "$(cat "$T/out")"

# ---- options, and what is no guest ----
"$idem" cc -target rv64 -nostdlib -static $here/input/three-instructions.S -o "$T/three" 2>/dev/null
refused() {
    name=$1 want=$2 words=$3
    shift 3
    (cd "$T" && timeout 20 $emu "$@") >"$T/out" 2>&1
    status=$?
    check "$name" "$([ $status = "$want" ] && grep -q -- "$words" "$T/out"; echo $?)" "status $status: $(head -3 "$T/out")"
}
refused unknown-option 2 "unknown option '--frob'" --frob ./three
refused no-guest 2 "no guest" --interp
refused guest-that-is-not-there 127 "cannot read './nothing'" ./nothing
refused help 0 "usage: idem emu" --help
refused strace-tells-calls 42 "^exit_group(42) = ?" --checked --strace ./three
refused a-host-program 126 "not for 64-bit RISC-V" "$(command -v "$idem")"
refused text-file 126 "not an ELF file" "$root/README.md"
"$idem" cc -target rv64 -c $here/input/three-instructions.S -o "$T/three.o"
refused an-object 126 "was not linked" "$T/three.o"
cat >"$T/loop.S" <<'END'
.globl _start
_start: j _start
END
"$idem" cc -target rv64 -nostdlib -static "$T/loop.S" -o "$T/loop" 2>/dev/null
refused limit-of-instructions 125 "stopped after 1000[0-9]* instructions" --max-insns 100000 ./loop

# ---- --trace ----
sh $here/trace.sh "$idem" "$T/trace"

# ---- damaged files ----
python3 $here/mutate.py "$idem" "$T/three" "$T/work"

# ---- two guests in one process, a hook, a limit of memory ----
if command -v gcc >/dev/null; then
    "$idem" cc -target rv64 -nostdlib -static $here/input/float-csrs.S -o "$T/csrs" 2>/dev/null
    "$idem" cc -target rv64 -nostdlib -static $here/input/more-blocks-than-fit-into-little-memory.S -o "$T/many" 2>/dev/null
    "$idem" cc -target rv64 -nostdlib -static $here/input/a-block-that-shrinks-over-a-page-edge.S -o "$T/shrinks" 2>/dev/null
    sh $here/two.sh "$T/two" "$T/three" "$T/loop" "$T/csrs" "$T/many" "$T/shrinks" || echo "not ok two-guests"
else
    echo "skip two-guests: no gcc"
fi

# ---- with glibc ----
command -v $gcc >/dev/null || { echo "skip glibc: no $gcc"; exit 0; }
for name in hello signals memory files threads processes pipes; do
    $gcc -w -O1 -static $here/input/$name.c -o "$T/$name" -lm || { echo "not ok glibc-$name: does not build"; continue; }
    (cd "$T/work" && timeout 30 $emu -E COLOUR=blue -U HOME ../$name a b 2>"$T/err") >"$T/out"
    echo "status $?" >>"$T/out"
    check "glibc-$name" "$(cmp -s "$T/out" $here/input/$name.out; echo $?)" "$(diff "$T/out" $here/input/$name.out | head -5; cat "$T/err")"
done
# By each engine with each memory; and what this machine's kernel makes of the same source is what is wanted.
for name in shared shared-code vfork sockets events rounding; do
    $gcc -w -O1 -static $here/input/$name.c -o "$T/$name" || { echo "not ok $name: does not build"; continue; }
    for options in --auto --interp --jit "--jit --checked"; do
        (cd "$T/work" && timeout 30 $emu $options ../$name 2>"$T/err") >"$T/out"
        echo "status $?" >>"$T/out"
        check "$name $options" "$(cmp -s "$T/out" $here/input/$name.out; echo $?)" "$(diff "$T/out" $here/input/$name.out | head -5; cat "$T/err")"
    done
    case $name in shared-code | rounding) continue ;; esac
    command -v gcc >/dev/null || continue
    gcc -w -O1 $here/input/$name.c -o "$T/$name-here" && (cd "$T/work" && timeout 30 ../$name-here 2>/dev/null) >"$T/out"
    echo "status $?" >>"$T/out"
    check "$name, this machine's" "$(cmp -s "$T/out" $here/input/$name.out; echo $?)" "$(diff "$T/out" $here/input/$name.out | head -5)"
done
"$idem" cc -target riscv64-linux-gnu -static $here/input/hello.c -o "$T/hello2" &&
    (cd "$T/work" && timeout 30 $emu -E COLOUR=blue ../hello2 a b) >"$T/out" 2>/dev/null
echo "status $?" >>"$T/out"
sed 's|\.\./hello2|../hello|' "$T/out" | cmp -s - $here/input/hello.out
check idem-glibc-hello $? "$(cat "$T/out")"
$gcc -nostdlib -static-pie $here/input/float-csrs.S -o "$T/pie" && $emu "$T/pie"
check static-pie-freestanding $? "status"
if [ -e /usr/riscv64-linux-gnu/lib/ld-linux-riscv64-lp64d.so.1 ]; then
    $gcc -O1 $here/input/hello.c -o "$T/dynamic" &&
        (cd "$T/work" && timeout 30 $emu -E COLOUR=blue ../dynamic a b) >"$T/out" 2>"$T/err"
    echo "status $?" >>"$T/out"
    cmp -s "$T/out" $here/input/hello.out
    check dynamic $? "$(cat "$T/out" "$T/err")"
    refused no-interpreter 126 "its interpreter '/nowhere/lib/ld-linux" -L /nowhere ./dynamic
fi

if [ -e /usr/riscv64-linux-gnu/lib/ld-linux-riscv64-lp64d.so.1 ]; then
    $gcc -w -O1 $here/input/threads.c -o "$T/threads-dynamic" &&
        timeout 30 $emu "$T/threads-dynamic" >"$T/out" 2>"$T/err"
    echo "status $?" >>"$T/out"
    cmp -s "$T/out" $here/input/threads.out
    check threads-dynamic $? "$(cat "$T/out" "$T/err")"
fi
sh $here/sysroot.sh "$idem" "$T/sysroot" $gcc
# A signal from outside: to the guest's handler, and to the end of one that has none.
cat >"$T/outside.c" <<'END'
#include <signal.h>
#include <unistd.h>
static void f(int s) { write(1, "handled\n", 8); _exit(9); }
int main(int argc, char **argv) { if (argc > 1) signal(SIGTERM, f); write(1, "ready\n", 6); for (;;) if (argc > 2) pause(); }
END
$gcc -w -static "$T/outside.c" -o "$T/outside"
for arguments in "" "x" "x y"; do
    $emu "$T/outside" $arguments >"$T/out" 2>"$T/err" &
    pid=$! n=0
    while ! grep -q ready "$T/out" && [ $n -lt 200 ]; do sleep 0.05; n=$((n + 1)); done
    kill -TERM $pid
    wait $pid 2>/dev/null
    status=$?
    [ -z "$arguments" ] && want=143 || want=9
    check "signal-from-outside-${arguments:-none}" "$([ $status = $want ]; echo $?)" "status $status: $(cat "$T/out" "$T/err")"
done
# A script of the guest's own interpreter, and its name, environment and arguments.
printf '#!%s one two\n' "$T/script-shell" >"$T/script"
cat >"$T/names.c" <<'END'
#include <stdio.h>
#include <unistd.h>
extern char **environ;
int main(int argc, char **argv) {
    char *a[] = { "first", "last", NULL }, *env[] = { "A=b", NULL };
    if (argc == 2) { execve(argv[1], a, env); perror("execve"); return 1; }
    for (int i = 1; i < argc; i++) printf("%s\n", argv[i]);
    for (char **e = environ; *e; e++) printf("%s\n", *e);
    return 0;
}
END
$gcc -w -static "$T/names.c" -o "$T/script-shell" && chmod +x "$T/script"
timeout 20 $emu "$T/script-shell" "$T/script" >"$T/out" 2>&1
printf 'one two\n%s\nlast\nA=b\n' "$T/script" | cmp -s - "$T/out"
check script-of-a-guest $? "$(cat "$T/out")"

# ---- programs of tests/run ----
every=16
[ "$TIER" = all ] && every=1
mkdir -p "$T/corpus"
for engine in ${ENGINES---interp --jit}; do
    printf '#!/bin/sh\nexec env -u PWD "%s" emu %s "$@"\n' "$(realpath "$(command -v "$idem")")" "$engine" >"$T/emu$engine"
    chmod +x "$T/emu$engine"
    python3 tests/run-rv64/corpus.py --idem "$idem" --target riscv64-linux-gnu --gcc $gcc --emu "$T/emu$engine" --dir "$T/corpus" \
        --every ${EVERY:-$every}
done

# ---- the other idem: what it writes under the emulator is what this one writes ----
guest=$OUT/cross/rv64/idem native=$OUT/stage2/idem
[ -x "$guest" ] && [ -x "$native" ] || { echo "skip idem-compiles-idem: no $guest (./build.sh cross)"; exit 0; }
# The JIT on other hosts: rv64's idem, under qemu and under this one's engines, and aa64's run guests of their own.
"$idem" cc -target rv64 -nostdlib -static $here/input/three-instructions.S -o "$T/nested" 2>/dev/null
nested() { # IDEM OUTER: of another host, run by that
    host=$1 outer=$2
    command -v "${outer%% *}" >/dev/null && [ -x "$host" ] || { echo "skip nested-jit no $outer or no $host"; return; }
    for inner in --jit "--jit --checked" --auto; do
        timeout 60 $outer "$host" emu $inner "$T/hello" a b >"$T/out" 2>"$T/err" </dev/null
        grep -q '^hello 3 a' "$T/out"
        check "nested: ${outer#"$idem "} emu $inner" $? "$(cat "$T/out" "$T/err")"
        timeout 60 $outer "$host" emu $inner "$T/nested"
        check "nested: ${outer#"$idem "} emu $inner, status" "$([ $? = 42 ]; echo $?)"
        (cd "$T/work" && timeout 60 $outer "$host" emu $inner ../signals 2>"$T/err"; echo "status $?") >"$T/out"
        cmp -s "$T/out" $here/input/signals.out
        check "nested: ${outer#"$idem "} emu $inner, signals" $? "$(cat "$T/out" "$T/err")"
    done
}
for outer in qemu-riscv64 "$idem emu --interp" "$idem emu --jit"; do nested "$guest" "$outer"; done
nested "$OUT/cross/aa64/idem" qemu-aarch64
sources="src/base/map.c src/ir/build.c src/cc/expr.c"
[ "$TIER" = all ] && sources=$(ls src/*/*.c)
options="-target rv64 -ffreestanding -nostdinc -Irt/include -Isrc -I. -Iarch/rv64"
for f in $sources; do
    "$native" cc $options -c "$f" -o "$T/a.o" && $emu "$guest" cc $options -c "$f" -o "$T/b.o" && cmp "$T/a.o" "$T/b.o" >/dev/null
    check "idem-compiles-$f" $? "the bytes differ"
done
exit 0
