#!/bin/sh
# Calls between code of idem and code of gcc and clang, both ways, with random types (abi.py). SEED and PROGRAMS vary it.
ccs=
for c in gcc clang; do
    if command -v $c >/dev/null; then ccs=$ccs,$c; else echo "skip calls between idem and $c: no $c"; fi
done
[ -n "$ccs" ] || exit 0
[ -f /usr/lib/x86_64-linux-musl/libc.a ] || { echo "skip calls between compilers: no musl"; exit 0; }
programs=10
[ "$TIER" = all ] && programs=40
python3 tests/abi/abi.py --idem "$IDEM" --dir "$T" --ccs "${ccs#,}" --programs ${PROGRAMS:-$programs} --seed ${SEED:-1}
exit 0
