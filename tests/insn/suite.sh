#!/bin/sh
# The x86-64 instruction table by enumeration: encoder and decoder against each other, our assembler against GNU as and llvm-mc, our
# disassembler and decoder against objdump, and random bytes.
flags="-std=gnu11 -w -O1 -g -fno-builtin -Isrc -I."
gcc $flags -o "$T/harness" tests/insn/harness.c arch/x64/enc.c arch/x64/dec.c arch/x64/dis.c src/obj/obj.c src/base/buf.c \
    src/base/arena.c src/base/map.c src/base/lists.c src/base/bits.c rt/fmt.c || { echo "not ok insn: harness does not build"; exit 1; }
exec python3 tests/insn/check.py "$T" "$IDEM" "${TIER:-check}"
