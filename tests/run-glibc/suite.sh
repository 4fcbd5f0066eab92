#!/bin/sh
# The programs of tests/run with the host's glibc in the place of musl (corpus.py); in `check` every sixteenth.
command -v gcc >/dev/null || { echo "skip programs with glibc: no gcc"; exit 0; }
[ -f /usr/lib/x86_64-linux-gnu/libc.a ] || { echo "skip programs with glibc: no libc.a"; exit 0; }
every=16
[ "$TIER" = all ] && every=1
python3 tests/run-rv64/corpus.py --idem "$IDEM" --target x86_64-linux-gnu --gcc gcc --dir "$T" --every ${EVERY:-$every}
