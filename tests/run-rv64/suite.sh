#!/bin/sh
# The programs of tests/run for rv64, under qemu-riscv64 (cross.sh); some of them again with more instructions allowed, and without the
# short ones.
MORE="3 --options=-march=rv64gc_zba_zbb_zbs
4 --options=-march=rv64g"
export MORE
sh tests/run-rv64/cross.sh riscv64-linux-gnu qemu-riscv64
