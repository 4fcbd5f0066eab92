#!/bin/sh
# Mutated C and assembly: no input crashes or hangs the compiler or the assembler (mutate.py). FUZZ_SEED and FUZZ_COUNT may be set.
command -v python3 >/dev/null || { echo "skip fuzz no python3"; exit 0; }
here=$PWD
count=${FUZZ_COUNT:-150}
[ "$TIER" != all ] || count=${FUZZ_COUNT:-2500}
cd "$T" || exit 1
python3 "$here/tests/fuzz/mutate.py" "$IDEM" cc "${FUZZ_SEED:-1}" "$count"
python3 "$here/tests/fuzz/mutate.py" "$IDEM" as "${FUZZ_SEED:-1}" "$((count / 2))"
