#!/bin/sh
# The programs of tests/run for rv64, with Debian's cross glibc, under qemu-riscv64 (corpus.py); in `check` every eighth.
# In `all` some of them again with more instructions allowed, and without the short ones; and the library's headers, one by one.
for p in riscv64-linux-gnu-gcc qemu-riscv64; do command -v $p >/dev/null || { echo "skip programs for rv64: no $p"; exit 0; }; done
every=8
[ "$TIER" = all ] && every=1

# EVERY OPTION...
programs() {
    n=$1
    shift
    python3 tests/run-rv64/corpus.py --idem "$IDEM" --target riscv64-linux-gnu --gcc riscv64-linux-gnu-gcc --emu qemu-riscv64 --dir "$T" \
        --every "$n" "$@"
}
programs ${EVERY:-$every}
[ "$TIER" = all ] || exit 0
programs 3 --options=-march=rv64gc_zba_zbb_zbs
programs 4 --options=-march=rv64g

# Each header of the library compiles alone. Left out: what needs _Complex, and what the library itself refuses.
cd /usr/riscv64-linux-gnu/include || exit
for h in *.h sys/*.h; do
    case $h in complex.h | tgmath.h | regexp.h) continue ;; esac
    echo "#include <$h>" >"$T/header.c"
    if "$IDEM" cc -target riscv64-linux-gnu -w -O2 -D_GNU_SOURCE -D_FORTIFY_SOURCE=2 -c "$T/header.c" -o "$T/header.o" 2>"$T/header.err"; then
        echo "ok <$h>"
    else
        echo "not ok <$h>"
        head -5 "$T/header.err"
    fi
done
exit 0
