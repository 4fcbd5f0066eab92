#!/bin/sh
# The programs of tests/run for aa64, under qemu-aarch64 (tests/run-rv64/cross.sh); some of them again with atomic instructions.
MORE="4 --options=-march=armv8.1-a"
export MORE
sh tests/run-rv64/cross.sh aarch64-linux-gnu qemu-aarch64
