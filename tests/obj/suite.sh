#!/bin/sh
# Objects and archives: what is read can be written again and means the same to GNU ld and lld; ar and nm agree with
# binutils byte for byte; damaged bytes end in a message.
in=$PWD/tests/obj/input
root=$PWD
idem=$IDEM
cd "$T" || exit 1
export LC_ALL=C
unset FUZZ_KEEP

eq() { # NAME EXPECTED ACTUAL
    if [ "$2" = "$3" ]; then echo "ok $1"; else echo "not ok $1"; echo "expected: $2"; echo "     got: $3"; fi
}
same() { # NAME FILE FILE
    if cmp "$2" "$3" >same.log 2>&1; then echo "ok $1"; else cat same.log; diff -a "$2" "$3" | head -20; echo "not ok $1"; fi
}
refuses() { # NAME TEXT COMMAND...
    name=$1 text=$2
    shift 2
    if "$@" >refuses.log 2>&1; then echo "not ok $name: succeeds"; return; fi
    if grep -qF -- "$text" refuses.log; then echo "ok $name"; else cat refuses.log; echo "not ok $name: lacks: $text"; fi
}

cat >all.c <<'E'
#include <stdio.h>
int com; static int bss; int data = 1; static const int ro = 2; const int Ro = 3;
static int f(void) { return bss + ro; }
int __attribute__((weak)) wf(void) { return f(); }
extern int ext, wext __attribute__((weak));
int __attribute__((weak)) wv = 3;
static __thread int tls; __thread int Tls = 2;
int *q = &wext;
void *r(void) { static int z; return &tls + z; }
static int rf(void) { return 1; }
static int (*res(void))(void) { return rf; }
int ifn(void) __attribute__((ifunc("res")));
int *arr[] __attribute__((section("mysec"))) = { &com, &data };
__attribute__((constructor(300))) static void c(void) { com = 1; }
int main(int argc, char **argv)
{
    static void *jump[] = { &&a, &&b };
    goto *jump[argc > 1];
a:  switch (argc + com) { case 1: return 1; case 2: puts("two"); break; case 3: return 3; case 4: return 4; case 5: return 7; }
    printf("%s %d %d %d %d\n", "text", data, wf(), *arr[0], ifn());
    return 0;
b:  return 9;
}
E

# ---- reading and writing ----
trip() { # NAME COMPILER OPTIONS: through the reader and the writer (ld -r of one file), then other linkers
    name=$1 cc=$2
    shift 2
    command -v "$cc" >/dev/null || { echo "skip $name no $cc"; return; }
    $cc -w "$@" -c all.c -o trip.o && "$idem" ld -r -o tripped.o trip.o 2>log || { cat log; echo "not ok $name"; return; }
    readelf -aW tripped.o >/dev/null 2>err
    eq "$name-readelf-is-content" "" "$(cat err)"
    for l in bfd lld; do
        [ $l = lld ] && ! command -v ld.lld >/dev/null && { echo "skip $name-$l no lld"; continue; }
        gcc -fuse-ld=$l -no-pie tripped.o -o tripped 2>log && ./tripped >got
        eq "$name-$l" "two
text 1 2 1 1" "$(cat got)"
    done
    "$idem" ld -r -o twice.o tripped.o
    same "$name-settles" tripped.o twice.o
    nm trip.o | grep -v ' \.L' >want
    nm tripped.o | grep -v ' \.L' >got
    same "$name-keeps-symbols" want got
}
trip round-trip-gcc gcc -O1 -fcommon
trip round-trip-clang clang -O1 -fcommon
trip round-trip-debug gcc -g3 -O2 -fcommon
trip round-trip-sections gcc -O2 -ffunction-sections -fdata-sections -fcommon
trip round-trip-pic gcc -fPIC -O0 -fcommon
cat >comdat.s <<'E'
    .section .text.one,"axG",@progbits,one,comdat
    .weak one
one: call there
    .section .data.one,"awG",@progbits,one,comdat
    .quad one
    .section .ordered,"ao",@progbits,.text.one
    .quad 1
    .section .note.GNU-stack,"",@progbits
E
gcc -c comdat.s
"$idem" ld -r -o comdat2.o comdat.o
eq groups-are-kept "$(readelf -gW comdat.o | sed 's/\[ *[0-9]*\]//')" "$(readelf -gW comdat2.o | sed 's/\[ *[0-9]*\]//')"
eq link-order-is-kept "$(readelf -SW comdat.o | grep -c ' AL ')" "$(readelf -SW comdat2.o | grep -c ' AL ')"
# More sections than 16 bits number: the reader knows extended section numbers, the writer says no.
[ "$TIER" = all ] && {
awk 'BEGIN { for (i = 0; i < 66000; i++) printf ".section s%d,\"a\"\n.globl g%d\ng%d: .byte 1\n", i, i, i }' >many.s
gcc -c many.s
refuses too-many-sections "too many" "$idem" ld -r -o many2.o many.o
}

# ---- archives, against GNU ar ----
gcc -w -fcommon -c all.c -o all.o
echo 'int other(void) { return 1; }' >other.c
gcc -c other.c -o a_name_of_more_than_fifteen_letters.o
gcc -c other.c -o fifteen_letters.o
gcc -c other.c -o fourteen_lette.o
printf 'odd' >odd.txt
printf 'even' >even.txt
: >empty.txt
objects="all.o a_name_of_more_than_fifteen_letters.o fifteen_letters.o fourteen_lette.o"
ours() { "$idem" ar "$@"; }
both() { # OPERATION... : on g.a with GNU ar, on i.a with ours
    op=$1
    shift
    ar "${op}D" g.a "$@" >g.out 2>/dev/null
    ours "$op" i.a "$@" >i.out 2>/dev/null
}
rm -f g.a i.a
both rc $objects odd.txt even.txt empty.txt
same ar-create g.a i.a
both r fifteen_letters.o; same ar-replace g.a i.a
both d even.txt all.o; same ar-delete g.a i.a
both q all.o all.o; same ar-append g.a i.a
both m fourteen_lette.o; same ar-move g.a i.a
both t; same ar-list g.out i.out
both tv; same ar-list-long g.out i.out
both p odd.txt all.o; same ar-print g.out i.out
both pv odd.txt; same ar-print-verbose g.out i.out
both dv odd.txt; same ar-delete-verbose g.out i.out
both rv odd.txt empty.txt; same ar-replace-verbose g.out i.out
both rcS $objects; both d a_name_of_more_than_fifteen_letters.o; same ar-without-long-names g.a i.a
rm -f g.a i.a
both rcS all.o odd.txt; same ar-without-index g.a i.a
both s; same ar-index-alone g.a i.a
cp g.a r.a
"$idem" ar rcS r.a all.o
"$idem" ranlib r.a
same ranlib-makes-the-index g.a r.a
ln -sf "$idem" ranlib
./ranlib r.a && same ranlib-by-name g.a r.a
rm -f g.a i.a
both rc odd.txt; same ar-without-objects g.a i.a
rm -f g.a i.a
both rc; same ar-without-members g.a i.a
mkdir x y
cp i.a x; both rc $objects odd.txt
(cd x && "$idem" ar x ../i.a && cat $objects odd.txt) >i.out
(cd y && ar x ../g.a && cat $objects odd.txt) >g.out
same ar-extract g.out i.out
(cd x && rm -f ./* && "$idem" ar xv ../i.a odd.txt && ls) >i.out
eq ar-extract-one "x - odd.txt
odd.txt" "$(cat i.out)"
eq ar-creates-loudly "idem ar: creating new.a" "$("$idem" ar r new.a all.o 2>&1)"
refuses ar-missing-member "no member none.o" "$idem" ar t g.a none.o
refuses ar-missing-archive "cannot read none.a" "$idem" ar t none.a
refuses ar-of-junk "not an archive" "$idem" ar t odd.txt
refuses ar-thin "T: thin archives are not supported" "$idem" ar rcT t.a all.o
refuses ar-no-operation "usage" "$idem" ar v g.a
printf '!<arch>\n../evil.txt/    0           0     0     644     2         `\nhi' >evil.a
refuses ar-does-not-leave-the-folder "does not name a file here" "$idem" ar x evil.a
printf '!<arch>\n#1/8            0           0     0     644     11        `\nlong.txtabc\n' >bsd.a
eq ar-bsd-names "long.txt abc" "$("$idem" ar t bsd.a) $("$idem" ar p bsd.a)"
head -c 200 g.a >cut.a
refuses ar-cut-off "damaged archive" "$idem" ar t cut.a

# ---- nm, against GNU nm ----
gcc -w -fcommon -g -c all.c -o all.o
gcc -w -fcommon -static -o prog all.c
ar rcsD lib.a all.o fifteen_letters.o
agree() { # OPTIONS...
    for f in all.o prog lib.a "all.o fifteen_letters.o"; do
        nm "$@" $f >g.out 2>/dev/null
        "$idem" nm "$@" $f >i.out 2>/dev/null
        cmp -s g.out i.out || { diff g.out i.out | head -10; echo "not ok nm $* $f"; return; }
    done
    echo "ok nm-as-gnu-nm $*"
}
agree
for o in -n -g -u -p -r -A -P "-f posix" -S -a -j -s -W --defined-only --size-sort "-n -r" "-S --size-sort" "-t d" "-t o -P" "-P -A" "-g -u"; do
    agree $o
done
refuses nm-dynamic "not supported" "$idem" nm -D prog
refuses nm-of-junk "file format not recognized" "$idem" nm odd.txt
refuses nm-missing "cannot read none" "$idem" nm none

# ---- damaged bytes ----
[ "$TIER" = all ] || exit 0
core="$root/rt/fmt.c $root/rt/sort.c $root/src/base/arena.c $root/src/base/buf.c $root/src/base/map.c $root/src/base/diag.c
    $root/src/base/srcmap.c $root/src/base/bits.c $root/src/base/utf8.c $root/src/base/sha256.c $root/arch/x64/link.c"
gcc -std=c11 -O1 -g -I"$root/src" -I"$root" -I"$root/arch/x64" -fsanitize=address,undefined -fno-sanitize-recover=undefined \
    -DIDEM_HOSTILE -no-pie -o fuzz "$root/tests/obj/fuzz.c" "$root"/src/obj/*.c "$root"/src/ld/*.c $core >log 2>&1 ||
    { cat log; echo "not ok fuzz-builds"; exit 0; }
gcc -w -O1 -fPIC -g -ffunction-sections -c all.c -o pic.o
export ASAN_OPTIONS=detect_leaks=0
if FUZZ_KEEP="$T/crasher" timeout 150 ./fuzz 7 10000 all.o pic.o comdat.o fifteen_letters.o lib.a >log 2>&1; then
    echo "ok damaged-files-end-in-messages"
else
    tail -20 log
    cp crasher /tmp/idem-obj-crasher && echo "kept as /tmp/idem-obj-crasher"
    echo "not ok damaged-files-end-in-messages"
fi
if [ -d "$in" ] && ls "$in"/crash-* >/dev/null 2>&1; then
    if ./fuzz 1 0 "$in"/crash-* >log 2>&1; then echo "ok former-crashers"; else tail -20 log; echo "not ok former-crashers"; fi
fi
exit 0
