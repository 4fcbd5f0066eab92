#!/bin/sh
# Calls between code of idem and code of gcc and clang, both ways, with random types (abi.py), for x64, and for rv64 and aa64 with gcc,
# which takes records with fields of no size and unnamed bit-fields otherwise than clang. SEED and PROGRAMS vary it.
programs=10
[ "$TIER" = all ] && programs=40
for target in riscv64 aarch64; do
    if command -v $target-linux-gnu-gcc >/dev/null && command -v qemu-$target >/dev/null; then
        python3 tests/abi/abi.py --target $target-linux-gnu --idem "$IDEM" --dir "$T" --ccs gcc --programs ${PROGRAMS:-$programs} \
            --seed ${SEED:-1}
    else
        echo "skip calls for $target: no $target-linux-gnu-gcc or no qemu-$target"
    fi
done
ccs=
for c in gcc clang; do
    if command -v $c >/dev/null; then ccs=$ccs,$c; else echo "skip calls between idem and $c: no $c"; fi
done
[ -n "$ccs" ] || exit 0
[ -f /usr/lib/x86_64-linux-musl/libc.a ] || { echo "skip calls between compilers: no musl"; exit 0; }
python3 tests/abi/abi.py --idem "$IDEM" --dir "$T" --ccs "${ccs#,}" --programs ${PROGRAMS:-$programs} --seed ${SEED:-1}
exit 0
