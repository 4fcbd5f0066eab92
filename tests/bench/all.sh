#!/bin/sh
# Every figure of doc/performance.md, one after the other. RUNS, OUT and IDEM as in common.py; SOURCES as in tests/programs.
cd "$(dirname "$0")/../.." || exit
for p in gcc tcc python3; do command -v $p >/dev/null || { echo "tests/bench: no $p" >&2; exit 1; }; done
date -u +%Y-%m-%d
python3 -c 'import sys; sys.path.insert(0, "tests/bench"); import common; print(common.machine()); common.done()'
gcc --version | sed 1q
tcc -v 2>&1 | sed 1q
for b in compile code boot memory hello; do
    printf '\n## %s\n' $b
    python3 tests/bench/$b.py
done
if command -v aarch64-linux-gnu-gcc >/dev/null && command -v qemu-aarch64 >/dev/null; then
    printf '\n## aa64\n'
    python3 tests/bench/cross.py aa64
fi
if command -v riscv64-linux-gnu-gcc >/dev/null && command -v qemu-riscv64 >/dev/null; then
    printf '\n## rv64\n'
    python3 tests/bench/cross.py rv64
    printf '\n## emu\n'
    python3 tests/bench/emu.py
fi
