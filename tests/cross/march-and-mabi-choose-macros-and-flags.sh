# What -march= and -mabi= change of the macros, the ELF header and the attributes, in any order of the options.
# run: show() { %idem cc -target riscv64-linux-gnu "$@" -dM -E -x c /dev/null | grep '__riscv' | sort | cut -c9- | tr '\n' ';'; echo; %idem cc -target riscv64-linux-gnu "$@" -c %S/input/int.c -o %t/x.o; riscv64-linux-gnu-readelf -hA %t/x.o | grep 'Flags\|arch:' | tr -s ' '; }
# run: show; show -mabi=lp64 -march=rv64i; show -march=rv64imac_zicsr_zba -mabi=lp64 -mcmodel=medlow; show -march=rv64g_zbb_zicond; show -march=rv64imafc -mabi=lp64
# needs: riscv64-linux-gnu-readelf
