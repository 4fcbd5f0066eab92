#!/bin/sh
# cross.sh TRIPLE EMULATOR: the programs of tests/run for another target, with Debian's cross glibc, in an emulator (corpus.py); in `check`
# every eighth. In `all` also the library's headers, one by one. MORE: "EVERY OPTION..." lines, programs again with these options in `all`.
target=$1 emu=$2
for p in $target-gcc $emu; do command -v $p >/dev/null || { echo "skip programs for $target: no $p"; exit 0; }; done
every=8
[ "$TIER" = all ] && every=1

# EVERY OPTION...
programs() {
    n=$1
    shift
    python3 tests/run-rv64/corpus.py --idem "$IDEM" --target $target --gcc $target-gcc --emu $emu --dir "$T" --every "$n" "$@"
}
programs ${EVERY:-$every}
[ "$TIER" = all ] || exit 0
echo "$MORE" | while read -r n options; do
    [ -z "$n" ] || programs "$n" $options
done

# Each header of the library compiles alone. Left out: what needs _Complex, and what the library itself refuses.
cd /usr/$target/include || exit
for h in *.h sys/*.h; do
    case $h in complex.h | tgmath.h | regexp.h) continue ;; esac
    case " $SKIP " in *" $h "*) continue ;; esac
    echo "#include <$h>" >"$T/header.c"
    if "$IDEM" cc -target $target -w -O2 -D_GNU_SOURCE -D_FORTIFY_SOURCE=2 -c "$T/header.c" -o "$T/header.o" 2>"$T/header.err"; then
        echo "ok <$h>"
    else
        echo "not ok <$h>"
        head -5 "$T/header.err"
    fi
done
exit 0
