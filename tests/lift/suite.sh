#!/bin/sh
# rv64's lifter: every row to sound IR, random bytes, and what the IR computes, by an evaluator of its own (eval.c) and by the interpreter,
# against qemu-riscv64: every row at edge operands in all rounding modes (gen.c); and so does `idem emu` by each engine.
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
dir=$(mktemp -d "${TMPDIR:-${T:-/tmp}}/lift.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
command -v gcc >/dev/null || { echo "skip lift needs gcc"; exit 0; }
cd "$root" || exit 1
san= words=20000 ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
[ "$TIER" = all ] && san="-fsanitize=address,undefined -fno-sanitize-recover=undefined -DIDEM_HOSTILE" words=300000
for f in rt/*.c tests/san/host.c src/base/*.c src/obj/*.c src/as/*.c src/ir/*.c src/gen/*.c arch/rv64/*.c "$here"/*.c; do
    [ "$f" != rt/str.c ] || continue
    case $f in "$here"/*) free= ;; *) free=-ffreestanding ;; esac
    gcc -w -O1 $free $san -Isrc -I. -Iarch/x64 -c "$f" -o "$dir/$(echo "$f" | tr / _).o" || { echo "not ok build"; exit 0; }
done
gcc $san -o "$dir/driver" "$dir"/*.o || { echo "not ok build"; exit 0; }
"$dir/driver" self || echo "not ok self ends with $?"
"$dir/driver" fuzz "${WORDS:-$words}" "${SEED:-1}" || echo "not ok fuzz ends with $?"
for p in riscv64-linux-gnu-gcc qemu-riscv64; do
    command -v $p >/dev/null || { echo "skip every-row-computes-as-qemu needs $p"; exit 0; }
done
cd "$dir" || exit 1
./driver gen map "${SEED:-1}" >guest.S && riscv64-linux-gnu-gcc -march=rv64gc_zba_zbb_zbc_zbs -nostdlib -static -o guest guest.S ||
    { echo "not ok every-row-computes-as-qemu is not built"; exit 0; }
qemu-riscv64 ./guest >want || echo "not ok qemu ends with $?"
for how in run interp; do
    ./driver $how guest >got || echo "not ok $how ends with $?"
    ./driver where map got want $how || echo "not ok $how-every-row-computes-as-qemu"
done
# The same guest through the whole emulator: compiled code with either memory, and the interpreter behind its page tables.
for how in --jit "--jit --checked" --interp --auto; do
    timeout 120 "$IDEM" emu $how ./guest >got || echo "not ok emu $how ends with $?"
    ./driver where map got want "$how" || echo "not ok $how-every-row-computes-as-qemu"
done
exit 0
