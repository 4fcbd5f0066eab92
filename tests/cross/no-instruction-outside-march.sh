# Every instruction in idem's own objects is of the extensions that -march= names: llvm-objdump, which goes by the object's attributes,
# knows them all. (Its -d prints <unknown> for others.)
# run: bad() { for m in "rv64gc" "rv64g" "rv64gc_zba_zbb_zbs_zicond" "rv64imac -mabi=lp64" "rv64i -mabi=lp64" "rv64ic_zbb -mabi=lp64" "rv64imafc_zicsr_zba -mabi=lp64"; do echo "$m" $(for f in src/cc/lower.c src/base/softfloat.c src/base/sf_text.c src/base/sha256.c src/ld/write.c src/as/expr.c src/gen/pin.c arch/rv64/fast_int.c rt/fmt.c tests/cross/input/float.c; do %idem cc -target riscv64-linux-gnu -march=$m -DWRITE=64 -ffreestanding -Irt/include -Isrc -I. -Iarch/rv64 -c $f -o %t/x.o && llvm-objdump-19 -d %t/x.o || echo '<unknown>: not compiled'; done | grep -c '<unknown>'); done; }
# run: bad
# needs: llvm-objdump-19
# tier: all
# timeout: 60
# out: rv64gc 0
# out: rv64g 0
# out: rv64gc_zba_zbb_zbs_zicond 0
# out: rv64imac -mabi=lp64 0
# out: rv64i -mabi=lp64 0
# out: rv64ic_zbb -mabi=lp64 0
# out: rv64imafc_zicsr_zba -mabi=lp64 0
