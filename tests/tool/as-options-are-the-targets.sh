# What RISC-V's assembler has of GNU as's options, and what no target has.
# run: cd %t; echo 'la a0, x' >a.s; r() { %idem as "$@" a.s -o a.o || :; }; v="-target rv64"; r $v -march=rv64gc -mabi=lp64d -mno-relax -fpic -march-attr; r $v -march=rv64i_zfoo; r $v -mabi=lp64f; r $v -mrelax; r $v -mfoo; r $v -ffoo; echo nop >a.s; r -march=core2 -mtune=native --64; r -fpic; r -mno-relax
# err: idem as: error: -march=rv64i_zfoo: unknown extension 'zfoo' in 'rv64i_zfoo'; known are i, m, a, f, d, c, zicond, zicsr, zifencei, zihintpause, zmmul, zba, zbb, zbc, zbs, and g for imafd_zicsr_zifencei, b for zba_zbb_zbs
# err: idem as: error: -mabi=lp64f: unknown ABI 'lp64f'; known are lp64d and lp64
# err: idem as: error: -mrelax: objects never ask the linker to relax: distances are final here
# err: idem as: error: unknown option '-mfoo'
# err: idem as: error: unknown option '-ffoo'
# err: idem as: error: unknown option '-fpic'
# err: idem as: error: unknown option '-mno-relax'
