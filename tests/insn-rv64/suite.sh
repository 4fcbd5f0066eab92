#!/bin/sh
# rv64's instruction table, decoder, disassembler and assembler: against itself (driver.c self), riscv64-linux-gnu binutils and
# llvm-mc-19 (check.py), every row at its edge operands, all 16-bit words, random 32-bit words; WORDS=3000000 for a long run.
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
dir=$(mktemp -d "${TMPDIR:-${T:-/tmp}}/insn-rv64.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
command -v gcc >/dev/null || { echo "skip insn-rv64 needs gcc"; exit 0; }
cd "$root" || exit 1
san= ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
[ "$TIER" = all ] && san="-fsanitize=address,undefined -fno-sanitize-recover=undefined"
for f in rt/*.c tests/san/host.c src/base/*.c src/obj/*.c src/as/*.c src/ir/*.c src/gen/*.c arch/rv64/*.c "$here/driver.c"; do
    [ "$f" != rt/str.c ] || continue
    case $f in */driver.c) free= ;; *) free=-ffreestanding ;; esac
    gcc -w -O1 $free $san -Isrc -I. -Iarch/x64 -c "$f" -o "$dir/$(echo "$f" | tr / _).o" || { echo "not ok build"; exit 0; }
done
gcc $san -o "$dir/driver" "$dir"/*.o || { echo "not ok build"; exit 0; }
"$dir/driver" self || echo "not ok self ends with $?"
if ! command -v python3 >/dev/null; then echo "skip check needs python3"; exit 0; fi
words=40000
[ "$TIER" = all ] && words=1000000
python3 "$here/asm.py" "$dir/driver" "$dir" "${SEED:-1}" || echo "not ok asm.py ends with $?"
python3 "$here/check.py" "$dir/driver" "$dir" "${WORDS:-$words}" "${SEED:-1}" || echo "not ok check.py ends with $?"
exit 0
