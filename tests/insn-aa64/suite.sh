#!/bin/sh
# aa64's instruction table, decoder, disassembler and assembler: against itself (driver.c self), aarch64-linux-gnu binutils and
# llvm-mc-19 (check.py, asm.py): every row at its edge operands, random words; WORDS=3000000 for a long run.
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
dir=$(mktemp -d "${TMPDIR:-${T:-/tmp}}/insn-aa64.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
command -v gcc >/dev/null || { echo "skip insn-aa64 needs gcc"; exit 0; }
cd "$root" || exit 1
san= ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
[ "$TIER" = all ] && san="-fsanitize=address,undefined -fno-sanitize-recover=undefined"
isa=
for f in enc emit dec dis shape march asm asm_match asm_imm asm_word asm_ops asm_pool; do isa="$isa arch/aa64/$f.c"; done
for f in rt/*.c tests/san/host.c src/base/*.c src/obj/*.c src/as/*.c $isa "$here/driver.c"; do
    [ "$f" != rt/str.c ] || continue
    case $f in */driver.c) free= ;; *) free=-ffreestanding ;; esac
    gcc -w -O1 $free $san -Isrc -I. -Iarch/x64 -c "$f" -o "$dir/$(echo "$f" | tr / _).o" || { echo "not ok build"; exit 0; }
done
gcc $san -o "$dir/driver" "$dir"/*.o || { echo "not ok build"; exit 0; }
"$dir/driver" self || echo "not ok self ends with $?"
if ! command -v python3 >/dev/null; then echo "skip check needs python3"; exit 0; fi
words=40000
[ "$TIER" = all ] && words=400000
[ ! -f "$here/asm.py" ] || python3 "$here/asm.py" "$dir/driver" "$dir" "${SEED:-1}" || echo "not ok asm.py ends with $?"
python3 "$here/check.py" "$dir/driver" "$dir" "${WORDS:-$words}" "${SEED:-1}" || echo "not ok check.py ends with $?"
exit 0
