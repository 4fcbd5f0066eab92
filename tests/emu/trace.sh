#!/bin/sh
# `idem emu --trace=`: what is told of a small guest, word for word; and the instructions of every freestanding guest, the same by each
# engine and, by address, those that qemu-riscv64 executes one by one. trace.sh IDEM FOLDER
here=tests/emu idem=$1 dir=$2
check() {
    if [ "$2" = 0 ]; then echo "ok trace-$1"; else echo "not ok trace-$1: $3"; fi
}
mkdir -p "$dir" && "$idem" as -target riscv64-linux-gnu $here/trace/lines.S -o "$dir/lines.o" &&
    "$idem" ld -m elf64lriscv -Ttext-segment=0x20000 "$dir/lines.o" -o "$dir/lines" 2>/dev/null || { echo "not ok trace-builds"; exit 0; }
tell() { timeout 20 "$idem" emu "$@" "$dir/lines" 2>&1; echo "status $?"; }
for engine in --interp --jit "--jit --checked" --auto; do
    for what in insn pc insn,pc; do
        tell $engine --trace=$what >"$dir/got"
        cmp -s "$dir/got" $here/trace/$what.out
        check "$what $engine" $? "$(diff "$dir/got" $here/trace/$what.out | head -5)"
    done
done
tell --interp --trace=block,pc >"$dir/got"
cmp -s "$dir/got" $here/trace/block.out
check "block --interp" $? "$(diff "$dir/got" $here/trace/block.out | head -5)"
tell --jit --trace=pc,block | sed 's/translated/lifted/' >"$dir/got"
cmp -s "$dir/got" $here/trace/block.out
check "block --jit" $? "$(diff "$dir/got" $here/trace/block.out | head -5)"
tell --auto --trace=block | grep -v '^block 0x[0-9a-f]*: [0-9]* bytes*, [0-9]* instructions*, lifted$' | cmp -s - $here/trace/auto.out
check "block --auto" $? "$(tell --auto --trace=block)"
for wrong in x insn, ,pc insnx "" "insn pc"; do
    (tell "--trace=$wrong" | tr '\n' ' ' | grep -q "knows block, pc and insn, not '.* status 2") 2>/dev/null
    check "refuses-'$wrong'" $? "$(tell "--trace=$wrong")"
done
# with --strace: in the order of what happens
tell --trace=insn --strace | grep -A1 'ecall$' | grep -c '^rt_sigaction(11, 0x.*) = 0$' | grep -qx 1
check with-strace $? "$(tell --trace=insn --strace | head)"

command -v qemu-riscv64 >/dev/null || echo "skip trace-as-qemu: no qemu-riscv64"
for f in $here/input/*.S; do
    name=$(basename "$f" .S)
    "$idem" cc -target rv64 -march=rv64gc_zba -nostdlib -static "$f" -o "$dir/guest" 2>/dev/null || continue
    timeout 60 "$idem" emu --interp --trace=insn "$dir/guest" 2>&1 | grep '^insn' >"$dir/want"
    for engine in --jit "--jit --checked" --auto; do
        timeout 60 "$idem" emu $engine --trace=insn "$dir/guest" 2>&1 | grep '^insn' | cmp -s - "$dir/want"
        check "$name $engine" $? "other instructions than by --interp"
    done
    command -v qemu-riscv64 >/dev/null || continue
    (timeout 60 qemu-riscv64 -cpu rv64,zba=true -singlestep -d exec,nochain "$dir/guest") 2>&1 | grep '^Trace' |
        sed 's,.*: 0x[0-9a-f]* \[[0-9a-f]*/0*,0x,; s,/.*,,' >"$dir/qemu"
    sed 's/^insn //; s/:.*//' "$dir/want" | cmp -s - "$dir/qemu"
    check "$name as qemu" $? "other addresses"
done 2>/dev/null
exit 0
