# run: for o in -march=rv64gcv -march=rv64gc_zfoo -march=rv32gc -march=x -mabi=lp64f -mcmodel=large -mrelax -mfoo; do %idem cc -target riscv64-linux-gnu $o -c %S/input/int.c -o %t/x.o || echo status $?; done
# run: test ! -e %t/x.o
# run: %idem cc -march=rv64gc -c %S/input/int.c -o %t/x.o || echo status $?
# out: status 1
# out: status 1
# out: status 1
# out: status 1
# out: status 1
# out: status 1
# out: status 1
# out: status 1
# out: status 1
# err: idem cc: error: -march=rv64gcv: unknown extension 'v' in 'rv64gcv'; known are i, m, a, f, d, c, zicond, zicsr, zifencei, zihintpause, zmmul, zba, zbb, zbc, zbs, and g for imafd_zicsr_zifencei, b for zba_zbb_zbs
# err: idem cc: error: -march=rv64gc_zfoo: unknown extension 'zfoo' in 'rv64gc_zfoo'; known are i, m, a, f, d, c, zicond, zicsr, zifencei, zihintpause, zmmul, zba, zbb, zbc, zbs, and g for imafd_zicsr_zifencei, b for zba_zbb_zbs
# err: idem cc: error: -march=rv32gc: 'rv32gc' is a 32-bit architecture; this target begins with rv64i or rv64g
# err: idem cc: error: -march=x: 'x' does not begin with rv64i or rv64g
# err: idem cc: error: -mabi=lp64f: unknown ABI 'lp64f'; known are lp64d and lp64
# err: idem cc: error: -mcmodel=large: unknown code model 'large'; known are medany and medlow
# err: idem cc: error: unrecognized command-line option '-mrelax'
# err: idem cc: error: unrecognized command-line option '-mfoo'
# err: idem cc: error: unrecognized command-line option '-march=rv64gc'
