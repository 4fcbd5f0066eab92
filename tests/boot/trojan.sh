#!/bin/sh
# Seeds that lie. Each wraps an honest compiler and tampers with one file of stage0: one miscompiles a function, one makes stage0 put a
# marker into what it compiles, one reproduces itself: stage0 reads another file where the tampered one is asked for, so that stage1 and
# stage2 agree and no source shows it. Comparison with the build of an honest seed names object, section and symbol each time.
# Needs IDEM, T, and the honest build in OUT; run from the root.
evil=$T/evil
mkdir -p "$evil"

# The wrapper. Files that are not tampered with come from the honest stage0, which saves their compilation.
cat >"$evil/cc" <<'END'
file= out= word=
for next in "$@"; do
    case $word in -c) file=$next ;; -o) out=$next ;; esac
    word=$next
done
[ -n "$file" ] || exec gcc "$@"
[ -f "$EVIL/$file" ] || exec cp "$HONEST/${out##*/}" "$out"
for word in "$@"; do
    shift
    [ "$word" != "$file" ] || word=$EVIL/$file
    set -- "$@" "$word"
done
exec gcc "-I${file%/*}" "$@"
END

# tamper FILE SED: a copy of it, changed; it must be.
tamper() {
    mkdir -p "$evil/$tree/${1%/*}"
    sed "$2" "$1" >"$evil/$tree/$1"
    ! "$IDEM" cmp "$1" "$evil/$tree/$1" >/dev/null || echo "not ok trojan-$tree: $1 stayed as it was"
}

# build COMMAND: by the lying seed, into $T/lie.
build() {
    rm -rf "$T/lie"
    EVIL=$evil/$tree HONEST=$OUT/stage0/obj CC="sh $evil/cc" OUT=$T/lie ENGINES= ./build.sh "$1" >"$T/lie.log" 2>&1
}

# found NAME STAGE OBJECT PATTERN: the first object of that stage that differs from the honest one, and what cmp says of it.
found() {
    for object in "$OUT/stage2/obj"/*.o; do
        said=$("$IDEM" cmp "$object" "$T/lie/$2/obj/${object##*/}") || break
        object=
    done
    case "${object##*/} $said" in
    $3\ *$4*) echo "ok trojan-$1" ;;
    *) cat "$T/lie.log"; echo "not ok trojan-$1: first '${object##*/}', $said" ;;
    esac
}

# A function of stage0 that takes 64 to 127 for numbers of more than a byte: stage1 is longer than it must be.
tree=miscompiled
tamper arch/x64/enc.c 's/bits_fits_s(d, 8)/bits_fits_s(d, 7)/'
if build all; then
    echo "not ok trojan-miscompiled: nobody noticed"
elif grep -q 'stage1 and stage2 differ' "$T/lie.log" && grep -q 'differ: section .text, symbol ' "$T/lie.log"; then
    found miscompiled stage1 '*.o' 'differ: section .text, symbol '
else
    cat "$T/lie.log"
    echo "not ok trojan-miscompiled: no place is named"
fi

# A section that stage0 adds to each object.
tree=marker
tamper src/idem.c 's/^    if (im->target.describe)$/    buf_str(\&u->obj->secs.p[obj_section(u->obj, ".marker", SHT_PROGBITS, 0, 1)]->data, "owned");\n&/'
if build all; then
    echo "not ok trojan-marker: nobody noticed"
else
    found marker stage1 '*.o' .marker
fi

# A reader of files that reads itself where its source is asked for: no stage differs from the next, but all from the honest ones.
tree=reproducing
tamper rt/sys.c 's/^int rt_open(/static int honest_open(/'
cat >>"$evil/reproducing/rt/sys.c" <<END
static int same(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}
int rt_open(const char *path, int flags, int mode)
{
    if (same(path, "rt/sys.c"))
        path = "$evil/reproducing/rt/sys.c";
    return honest_open(path, flags, mode);
}
END
if build verify; then
    echo "not ok trojan-reproducing: nobody noticed"
elif grep -q '^stage1 == stage2: ' "$T/lie.log" && grep -q 'is stale' "$T/lie.log"; then
    found reproducing stage2 rt_sys.c.o 'section .text, symbol '
else
    cat "$T/lie.log"
    echo "not ok trojan-reproducing: it did not reproduce"
fi
rm -rf "$T/lie" "$evil"
