#!/bin/sh
# Linking for rv64: glibc's archives, relaxation, what files say of themselves, bad input. Results run under qemu-riscv64; GNU ld is the
# reference. The programs of input/ are linked for x64 too.
in=$PWD/tests/ld-rv64/input
shared=$PWD/tests/ld/input
here=$PWD/tests/ld-rv64
G=riscv64-linux-gnu-
for p in ${G}gcc ${G}as ${G}ld ${G}readelf qemu-riscv64; do command -v $p >/dev/null || { echo "skip ld-rv64 no $p"; exit 0; }; done
cd "$T" || exit 1

eq() { # NAME EXPECTED ACTUAL
    if [ "$2" = "$3" ]; then echo "ok $1"; else echo "not ok $1"; echo "expected: $2"; echo "     got: $3"; fi
}
refuses() { # NAME TEXT COMMAND...: fails and says TEXT
    name=$1 text=$2
    shift 2
    if "$@" >"$T/refuses.log" 2>&1; then echo "not ok $name: succeeds"; return; fi
    if grep -qF -- "$text" "$T/refuses.log"; then echo "ok $name"; else cat "$T/refuses.log"; echo "not ok $name: lacks: $text"; fi
}
asm() { file=$1; shift; cat >"$file.s"; ${G}as -march=rv64gc "$@" "$file.s" -o "$file.o"; }
ld="$IDEM ld -m elf64lriscv"
gccdir=$(dirname "$(${G}gcc -print-libgcc-file-name)")
libdir=$(dirname "$(${G}gcc -print-file-name=libc.a)")
link() { # OUT FILE...: with glibc, as gcc -static does
    out=$1
    shift
    $ld -o "$out" "$libdir/crt1.o" "$gccdir/crti.o" "$gccdir/crtbeginT.o" "$@" -L"$gccdir" -L"$libdir" -lm --start-group -lgcc -lgcc_eh \
        -lc --end-group "$gccdir/crtend.o" "$gccdir/crtn.o"
}
text_size() { ${G}readelf -SW "$1" | awk '$2 == ".text" { print $6 } $3 == ".text" { print $7 }'; }
code() { ${G}objdump -d --no-show-raw-insn "$1" | sed 's/^ *[0-9a-f]*:[[:space:]]*//; s/[[:space:]]*#.*//; s/[[:space:]]\{1,\}/ /g' | sed -n "/<$2>:/,/^\$/p"; }

# ---- with glibc ----
hosted() { # NAME OPTIONS
    name=$1
    shift
    ${G}gcc -w -c "$@" "$shared/hosted.c" "$shared/other.c" || { echo "not ok $name: no object"; return; }
    for relax in --relax --no-relax; do
        link hosted $relax hosted.o other.o >log 2>&1 && qemu-riscv64 ./hosted >out 2>>log
        if [ $? = 3 ] && cmp -s out "$shared/hosted.out"; then echo "ok $name$relax"
        else cat log; diff out "$shared/hosted.out"; echo "not ok $name$relax"; fi
    done
}
hosted medlow -O1 -fno-pie -mcmodel=medlow
hosted medany -O2 -fno-pie -mcmodel=medany -g
hosted pic -O2 -fPIC
hosted pic-local-dynamic -O1 -fPIC -ftls-model=local-dynamic
hosted initial-exec -O2 -ftls-model=initial-exec
hosted sections -Os -ffunction-sections -fdata-sections
hosted no-compressed -O2 -march=rv64g
if [ "$TIER" = all ]; then
    for o in -O0 -O3; do
        for m in -fPIC -fno-pie; do hosted "gcc$o$m" $o $m; done
        hosted "gcc$o-save-restore" $o -msave-restore
    done
fi
${G}gcc -w -O2 -g -c "$shared/hosted.c" "$shared/other.c"
link hosted hosted.o other.o
link gc --gc-sections hosted.o other.o && qemu-riscv64 ./gc >out
eq gc-sections "3 same" "$? $(cmp out "$shared/hosted.out" && echo same)"
${G}gcc -static -o gnu hosted.o other.o -lm
link long --no-relax hosted.o other.o
eq relaxed-text-is-as-short-as-gnu-ld-s yes "$([ $((0x$(text_size hosted) * 100)) -le $((0x$(text_size gnu) * 102)) ] && echo yes)"
eq relaxed-text-is-shorter yes "$([ $((0x$(text_size hosted) * 100)) -le $((0x$(text_size long) * 97)) ] && echo yes)"
link again hosted.o other.o
eq same-input-same-bytes "" "$(cmp hosted again)"
lines() { # every function of hosted.o: sizes, and file and line of its first and last place
    ${G}nm -S "$1" | awk '$4 ~ /^(main|thread|compare|first|second|third|at_exit|from_other_file)$/ { print $4, $1, $2 }' | sort >syms
    while read -r f at n; do
        echo "$f $n $(${G}addr2line -e "$1" "$at" "$(printf %x $((0x$at + 0x$n - 2)))" | sed 's/.*\///; s/ (disc.*//' | tr '\n' ' ')"
    done <syms
}
eq debug-lines-follow-shortened-code "$(lines gnu)" "$(lines hosted)"
eq debug-lines-are-there 8 "$(lines hosted | grep -c '\.c:[1-9]')"
${G}readelf -aW hosted >out 2>err
eq readelf-is-content "" "$(cat err)"
${G}gcc -O0 -funwind-tables -c "$in/unwind.c" && link unwind unwind.o
eq unwinding-through-shortened-code 1 "$(qemu-riscv64 ./unwind)"
link unwind --eh-frame-hdr unwind.o
eq unwinding-by-the-search-table 1 "$(qemu-riscv64 ./unwind)"
if ${G}gcc -O1 -fno-pie -c "$in/chosen.c" 2>/dev/null; then
    link chosen chosen.o
    eq indirect-functions "11 11 1" "$(qemu-riscv64 ./chosen)"
else
    echo "skip indirect-functions ${G}gcc has none"
fi
$ld -r -o both.o hosted.o other.o && link both both.o && qemu-riscv64 ./both >out
eq partial-link-then-idem "3 same" "$? $(cmp out "$shared/hosted.out" && echo same)"
eq partial-link-keeps-what-relaxes "$((0x$(text_size hosted)))" "$((0x$(text_size both)))"
${G}gcc -static -o both both.o -lm && qemu-riscv64 ./both >out
eq partial-link-then-gnu-ld "3 same" "$? $(cmp out "$shared/hosted.out" && echo same)"

ln -sf "$IDEM" ld
${G}gcc -B"$T/" -static -Wl,-Map=gcc.map -o by-gcc hosted.o other.o -lm 2>log && qemu-riscv64 ./by-gcc >out
eq as-the-linker-of-gcc "3 same 1" "$? $(cmp out "$shared/hosted.out" && echo same) $(grep -c '^Memory map' gcc.map)"
rm -f ld

program() { # TRIPLE GCC RUN...
    triple=$1 cc=$2
    shift 2
    command -v "$cc" >/dev/null || { echo "skip program-$triple no $cc"; return; }
    $cc -O1 -c "$in/thread-local.c" && $cc -w -O1 -static -o ref "$in/program.c" thread-local.o -lm -lpthread 2>log || { cat log; echo "skip program-$triple no static C library"; return; }
    "$@" ./ref >ref.out
    eq "program-$triple-reference" 4 $?
    for o in -O0 -O1; do
        "$IDEM" cc $o -target "$triple" -c "$in/program.c" -o program.o && "$IDEM" cc -target "$triple" -o program program.o thread-local.o -lm &&
            "$@" ./program >out
        eq "program-$triple$o" "4 same" "$? $(cmp out ref.out && echo same)"
    done
    "$IDEM" cc -O1 -target "$triple" -c "$in/program.c" -o program.o && $cc -static -o program program.o thread-local.o -lm && "$@" ./program >out
    eq "program-$triple-by-gnu-ld" "4 same" "$? $(cmp out ref.out && echo same)"
}
program riscv64-linux-gnu ${G}gcc qemu-riscv64
[ "$(uname -m)" = x86_64 ] && program x86_64-linux-gnu gcc env

# ---- relaxation, kind by kind ----
short() { ${G}objdump -d x --disassemble=_start | sed -n 's/^ *[0-9a-f]*:\t\([0-9a-f]*\) .*/\1/p' | head -1 | awk '{ print length($1) / 2 }'; }
calls() { # NAME DISTANCE EXPECTED: call and tail over so many bytes, counted before anything gets shorter
    case $2 in
    -*) printf '.globl _start,f\nf:.skip %d\n_start:%s f\n' $((-$2)) "$4" ;;
    *) printf '.globl _start,f\n_start:%s f\n.skip %d\nf:ret\n' "$4" $(($2 - 8)) ;;
    esac | asm call $5
    $ld -o x call.o 2>err
    eq "$1" "$3" "$(code x _start | sed -n '2{s/ [0-9a-f]* <.*//;p}')$(cat err)"
}
calls call-a-mebibyte-ahead 1048574 "jal" call
calls call-just-too-far-ahead 1048576 "auipc ra,0x100" call
calls call-a-mebibyte-behind -1048576 "jal" call
calls call-just-too-far-behind -1048578 "auipc ra,0xfff00" call
calls tail-2-kib-ahead 2046 "j" tail
eq tail-2-kib-ahead-is-short 2 "$(short)"
calls tail-just-too-far-for-two-bytes 2054 "j" tail
eq tail-just-too-far-is-longer 4 "$(short)"
calls tail-2-kib-behind -2048 "j" tail
eq tail-2-kib-behind-is-short 2 "$(short)"
calls tail-just-too-far-behind -2050 "j" tail
eq tail-just-too-far-behind-is-longer 4 "$(short)"
calls tail-without-c -2048 "j" tail "-march=rv64g"
eq tail-without-c-is-longer 4 "$(short)"
$ld --no-relax -o x call.o && eq no-relax-keeps-the-pair "auipc" "$(code x _start | sed -n '2s/ .*//p')"

# The global pointer: 2 KiB to both sides. Each line is one access: "gp" or "long".
asm gp <<'S'
    .globl _start, __global_pointer$
_start:
    .irp s, lowest, belowest, highest, abovest
    lla a0, \s
    lw a1, \s
    sw a1, \s, t0
    .endr
    .irp s, lowest, belowest, highest, abovest
    lui a0, %hi(\s)
    addi a0, a0, %lo(\s)
    lui a1, %hi(\s)
    lw a1, %lo(\s)(a1)
    .endr
    .data
    .balign 8
belowest: .byte 0
lowest: .zero 2048
__global_pointer$: .zero 2047
highest: .byte 0
abovest: .word 0
S
$ld -o x gp.o
eq gp-reaches-2-kib "3 gp 6 long 3 gp 6 long 2 gp 4 long 2 gp 4 long" "$(code x _start | sed 1d | grep . |
    awk '{ print /gp/ ? "gp" : "long" }' | uniq -c | awk '{ printf "%s%s %s", sep, $1, $2; sep = " " }')"
$ld --no-relax -o x gp.o && eq gp-is-unused-without-relaxation 0 "$(code x _start | grep -c gp)"
$ld --no-relax-gp -o x gp.o && eq gp-may-be-left-alone 0 "$(code x _start | grep -c '[( ,]gp')"
grep -v global gp.s | sed '$a.zero 9' | asm nogp
$ld -o x nogp.o && eq gp-is-unused-when-nobody-sets-it 0 "$(code x _start | grep -c '[( ,]gp')"

cat >small.c <<'S'
#include <stdio.h>
int counter = 1, zeroed;
double f(double x) { counter++; zeroed += 2; return x * 3.25 + 1.7; }
double g(double x) { return x / 1.7 + 3.25; }
int main(void) { double v = f(2) + g(3.4); printf("%g %d %d\n", v, counter, zeroed); return 0; }
S
${G}gcc -O2 -fno-pie -mexplicit-relocs -c small.c && link x small.o && ${G}gcc -static -no-pie -o g small.o
eq small-data-is-in-reach "13.45 2 2 yes" "$(qemu-riscv64 ./x) $([ "$(code x f | grep -c gp)" -ge "$(code g f | grep -c gp)" ] && echo yes)"

# One upper part for two lower parts: both or none (their addresses differ by more than what reaches).
asm pair <<'S'
    .globl _start, __global_pointer$
_start:
    lui a5, %hi(inner)
    lw a0, %lo(inner)(a5)
    lw a1, %lo(inner+4)(a5)
    lui a5, %hi(edge)
    lw a0, %lo(edge)(a5)
    lw a1, %lo(edge+4)(a5)
    .option norelax
1:  auipc a2, %pcrel_hi(inner)
    .option relax
    addi a2, a2, %pcrel_lo(1b)
2:  auipc a2, %pcrel_hi(inner)
    .option norelax
    addi a2, a2, %pcrel_lo(2b)
    .data
    .balign 16
    .zero 16
inner: .zero 16
__global_pointer$: .zero 2044
edge: .word 0, 0
S
$ld -o x pair.o
eq upper-and-lower-parts-go-together "lw a0,-16(gp);lw a1,-12(gp);" "$(code x _start | sed -n '/gp/p' | tr '\n' ';')"
eq a-part-that-must-stay-keeps-the-other 5 "$(${G}objdump -d x | grep -c '	lui\|	auipc\|	addi\|	add\|	mv')"

asm absolute <<'S'
    .globl _start
_start:
    .irp s, zero0, top, over, bottom, under
    lui a0, %hi(\s)
    addi a0, a0, %lo(\s)
    .endr
    .irp s, small, large
    lui a0, %hi(\s)
    .endr
    call weakness
    .weak weakness
S
$ld -o x absolute.o --defsym zero0=4 --defsym top=2047 --defsym over=2048 --defsym bottom=0xfffffffffffff800 --defsym under=0xfffffffffffff7ff \
    --defsym small=0x1f7ff --defsym large=0x1f800
eq near-zero-and-short-lui "li a0,4 li a0,2047 lui a0,0x1 addi a0,a0,-2048 li a0,-2048 lui a0,0xfffff addi a0,a0,2047 lui a0,0x1f lui a0,0x20" \
    "$(code x _start | sed -n '2,10p' | tr '\n' ' ' | sed 's/ $//; s/add a/addi a/g')"
eq short-lui-takes-two-bytes 1 "$(${G}objdump -d x | grep -c '	657d ')"

asm tls <<'S'
    .globl _start
_start:
    .irp s, top, over
    lui a5, %tprel_hi(\s)
    add a5, a5, tp, %tprel_add(\s)
    lw a0, %tprel_lo(\s)(a5)
    sw a0, %tprel_lo(\s)(a5)
    .endr
    .section .tdata,"awT",@progbits
    .zero 2047
top: .byte 1
over: .word 2
S
$ld -o x tls.o
eq thread-local-near-tp "lw a0,2047(tp);sw a0,2047(tp);lui a5,0x1;add a5,a5,tp;lw a0,-2048(a5);sw a0,-2048(a5);" \
    "$(code x _start | sed -n '2,7p' | tr '\n' ';')"

asm align <<'S'
    .globl _start, _end_of_it
_start:
    call f
    call f
    .balign 32
a:  call f
    c.nop
    .balign 16
b:  nop
    call f
    .balign 8
c:  ret
    .size a, b - a
f:  ret
    .data
    .word b - a, c - b
    .uleb128 4
S
$ld -o x align.o && ${G}nm x >syms
at() { sed -n "s/^0*\([0-9a-f]*\) . $1\$/0x\1/p" syms; }
eq alignment-after-shortened-code "0 0 0 32 16 8" \
    "$(($(at a) % 32)) $(($(at b) % 16)) $(($(at c) % 8)) $(($(at a) - $(at _start))) $(($(at b) - $(at a))) $(($(at c) - $(at b)))"
eq distances-in-data-follow " 10000000 08000000" "$(${G}objdump -s -j .data x | sed -n 's/^ [0-9a-f]*\( [0-9a-f]* [0-9a-f]*\).*/\1/p')"
$ld --no-relax -o x align.o && ${G}nm x >syms
eq alignment-without-relaxation "0 0 0" "$(($(at a) % 32)) $(($(at b) % 16)) $(($(at c) % 8))"
asm cyclic <<'S'
    .globl _start
    .text
_start:
    .rept 300
    call far
    .balign 8
    tail far
    .endr
    .skip 1040000
    .rept 300
    call _start
    .balign 4
    .endr
far: ret
S
$ld -o x cyclic.o 2>err && eq rounds-end-at-the-edge "" "$(cat err)"
${G}gcc -O2 -c "$in/switch.c" && cat >main.c <<'S'
#include <stdio.h>
int f(int);
int main(void) { for (int i = 0; i < 10; i++) printf("%d ", f(i)); return 0; }
S
${G}gcc -O2 -c main.c && link x switch.o main.o && eq tables-of-distances "4 17 8 22 -4 3 25 100 -3 1 " "$(qemu-riscv64 ./x)"
# Newer assemblers leave a LEB128 of a distance to the linker: SET_ULEB128 and SUB_ULEB128, here SET8 and SUB8 renamed.
asm leb <<'S'
    .globl _start
_start: call f
    .skip 200
f:  ret
    .data
    .byte 0x80, 0x80, 0, 0x7f
    .reloc 0, R_RISCV_SET8, f
    .reloc 0, R_RISCV_SUB8, _start
S
python3 "$here/retype.py" leb.o leb.o 54=60 37=61
$ld -o x leb.o && eq leb128-of-a-distance "cc81007f" "$(${G}objdump -s -j .data x | sed -n 's/^ [0-9a-f]* \([0-9a-f]*\).*/\1/p')"
python3 "$here/retype.py" leb.o unknown.o 60=200
refuses relocation-number-unknown "unknown.o: error: section .data: unknown relocation type 200 at 0x0" $ld -o x unknown.o
printf '.globl _start,x\n_start:ret\n.data\n.reloc 0, R_RISCV_SET8, x\n.byte 0x80\n.set x,3\n' | asm leb
python3 "$here/retype.py" leb.o leb.o 54=60
refuses leb128-that-does-not-end "no LEB128 number: R_RISCV_SET_ULEB128 against \`x' at .data+0x0" $ld -o x leb.o

asm weakness <<'S'
    .option norelax
    .globl _start
_start:
    .weak nobody
    lla a1, nobody
    lla a2, nobody+40
    sltu a0, zero, a1
    beqz a0, 1f
    call nobody
1:  li a7, 93
    ecall
S
$ld -o x weakness.o && qemu-riscv64 ./x
eq what-nobody-defines-is-at-0 0 $?
$ld -o x -Ttext-segment=0x1000000000 weakness.o && qemu-riscv64 ./x
eq what-nobody-defines-is-at-0-from-far-away 0 $?
sed -i 's/norelax/relax/' weakness.s && ${G}as -march=rv64gc weakness.s -o weakness.o && $ld -o x -Ttext-segment=0x1000000000 weakness.o && qemu-riscv64 ./x
eq what-nobody-defines-is-at-0-relaxed 0 $?
# A lower part with an addend: as long as the upper part reaches.
asm addend <<'S'
    .option norelax
    .globl _start
_start:
1:  auipc a5, %pcrel_hi(pair)
    lw a0, %pcrel_lo(1b)(a5)
    lw a1, %pcrel_lo(1b)(a5)
    sub a0, a1, a0
    li a7, 93
    ecall
    .data
    .balign 8
pair: .word 3, 8
S
python3 "$here/retype.py" addend.o addend.o 24+4 && $ld -o x addend.o && qemu-riscv64 ./x
eq lower-part-with-an-addend 5 $?
python3 "$here/retype.py" addend.o addend.o 24+4096
refuses lower-part-with-too-large-an-addend "the addend leads out of the upper part's reach: R_RISCV_PCREL_LO12_I" $ld -o x addend.o

# ---- thread-local descriptors ----
if command -v llvm-mc-19 >/dev/null; then
    cat >desc.s <<'S'
    .globl get
get:
    addi sp, sp, -16
    sd ra, 8(sp)
.Ld: auipc a2, %tlsdesc_hi(shared)
    ld a3, %tlsdesc_load_lo(.Ld)(a2)
    addi a0, a2, %tlsdesc_add_lo(.Ld)
    jalr t0, 0(a3), %tlsdesc_call(.Ld)
    add a0, a0, tp
    lw a0, 0(a0)
    ld ra, 8(sp)
    addi sp, sp, 16
    ret
S
    printf '#include <stdio.h>\nint get(void); int main(void) { printf("%%d\\n", get()); return 0; }\n' >main.c
    llvm-mc-19 -triple=riscv64 -mattr=+c,+d -target-abi=lp64d -filetype=obj desc.s -o desc.o && ${G}gcc -w -c "$in/thread-local.c" main.c && link x desc.o main.o thread-local.o &&
        eq descriptors-become-local-exec 9 "$(qemu-riscv64 ./x | sed -n 3p)"
else
    echo "skip descriptors-become-local-exec no llvm-mc-19"
fi

# ---- what files say of themselves ----
attributes() { ${G}readelf -A "$1" | sed -n 's/^ *Tag_RISCV_//p' | tr '\n' ';'; }
flags() { ${G}readelf -h "$1" | sed -n 's/^ *Flags: *//p'; }
nothing='.globl f;f:ret'
echo ".globl _start;_start:call f" | asm start -march=rv64gc -mabi=lp64d
echo "$nothing" | asm one -march=rv64imafd_zba -mabi=lp64d
echo "$nothing" | asm soft -march=rv64imac -mabi=lp64
echo "$nothing" | asm single -march=rv64gc -mabi=lp64f
$ld -o x start.o one.o && $ld -r -o r.o start.o one.o && ${G}ld -o g start.o one.o
eq attributes-are-joined "$(attributes g)" "$(attributes x)"
eq attributes-of-a-partial-link "$(attributes g)" "$(attributes r.o)"
eq flags-are-joined "$(flags g)" "$(flags x)"
eq attributes-have-a-segment 1 "$(${G}readelf -lW x | grep -c RISCV_ATTRIBUT)"
eq flags-of-a-partial-link "$(flags g)" "$(flags r.o)"
refuses float-abi-must-agree "soft.o: error: float ABI lp64 (soft), but start.o has lp64d" $ld -o x start.o soft.o
refuses float-abi-of-single "single.o: error: float ABI lp64f, but start.o has lp64d" $ld -o x start.o single.o
refuses float-abi-in-a-partial-link "float ABI lp64 (soft), but start.o has lp64d" $ld -r -o r.o start.o soft.o
rm -f l.a && ${G}ar rcD l.a soft.o && refuses float-abi-of-a-member "l.a(soft.o): error: float ABI" $ld -o x start.o l.a
printf 'DATA' >blob && ${G}objcopy -I binary -O elf64-littleriscv blob blob.o && $ld -o x start.o one.o blob.o 2>err
eq wrapped-data-has-no-abi "0 " "$? $(cat err)"
echo '.attribute stack_align, 32' | asm stack32
echo '.attribute stack_align, 16' | asm stack16
refuses stack-alignment-must-agree "stack32.o: error: stack alignment 32, but stack16.o has 16" $ld -o x start.o stack16.o stack32.o
python3 "$here/attributes.py" one.o unknown.o 'rv64i2p1_m2p0_zvfoo1p2_sscool1p0_xvendor0p9' \
    old.o 'rv64i1p9_m1p0_a9p9' order.o 'rv64gcv_zbb_zve32x_zicsr_xa_svnapot' rv32.o 'rv32i2p1' junk.o 'rv64i!' \
    long.o 'rv64i99999999999p1' bare.o 'rv64' one-letter.o 'rv64i_z1p0'
$ld -o x start.o unknown.o && eq unknown-extensions-are-kept \
    "$(attributes start.o | sed 's/64i2p0/64i2p1/; s/";$/_zvfoo1p2_sscool1p0_xvendor0p9";/')" "$(attributes x)"
$ld -o x old.o start.o && eq the-newer-version-stays "$(attributes start.o | sed 's/_a2p[01]/_a9p9/')" "$(attributes x)"
$ld -r -o x order.o && eq canonical-order 'arch: "rv64i_m_a_f_d_c_v_zicsr_zifencei_zbb_zve32x_svnapot_xa";' "$(attributes x)"
refuses attributes-of-rv32 "rv32.o: error: architecture 'rv32i2p1'" $ld -o x start.o rv32.o
refuses attributes-with-junk "junk.o: error: section .riscv.attributes is damaged" $ld -o x start.o junk.o
refuses attributes-with-a-huge-version "long.o: error: section .riscv.attributes is damaged" $ld -o x start.o long.o
refuses attributes-without-a-base "bare.o: error: architecture 'rv64'" $ld -o x start.o bare.o
refuses attributes-with-one-letter "one-letter.o: error: section .riscv.attributes is damaged" $ld -o x start.o one-letter.o

# ---- bad input ----
bad() { # NAME TEXT <assembly
    asm bad
    refuses "$1" "$2" $ld -o x bad.o
}
where='bad.o: error: in function `_start'"'"
bad out-of-range-branch "$where: relocation truncated to fit: R_RISCV_BRANCH against \`far' at .text+0x0" <<'S'
    .globl _start,far
_start: .reloc ., R_RISCV_BRANCH, far
    .4byte 0x00000063
    .set far, 0x40000000
S
bad out-of-range-jal "$where: relocation truncated to fit: R_RISCV_JAL against \`far' at .text+0x0" <<'S'
    .globl _start,far
_start: jal far
    .set far, 0x40000000
S
bad out-of-range-short-branch "$where: relocation truncated to fit: R_RISCV_RVC_BRANCH against \`far' at .text+0x0" <<'S'
    .globl _start,far
_start: .reloc ., R_RISCV_RVC_BRANCH, far
    .2byte 0xc101
    .set far, 0x40000000
S
bad out-of-range-short-jump "relocation truncated to fit: R_RISCV_RVC_JUMP" <<'S'
    .globl _start,far
_start: .reloc ., R_RISCV_RVC_JUMP, far
    .2byte 0xa001
    .set far, 0x40000000
S
bad out-of-range-pc-relative "relocation truncated to fit: R_RISCV_PCREL_HI20 against \`far'" <<'S'
    .globl _start,far
_start: lla a0, far
    .set far, 0x100000000
S
bad out-of-range-call "relocation truncated to fit: R_RISCV_CALL_PLT against \`far'" <<'S'
    .globl _start,far
_start: call far
    .set far, 0x100000000
S
bad out-of-range-absolute "relocation truncated to fit: R_RISCV_HI20 against \`far'" <<'S'
    .globl _start,far
_start: lui a0, %hi(far)
    .set far, 0x80000000
S
bad out-of-range-word "relocation truncated to fit: R_RISCV_32 against \`far' at .data+0x4" <<'S'
    .globl _start,far
_start: ret
    .data
    .word 0, far
    .set far, 0x100000000
S
bad out-of-range-pc-relative-word "relocation truncated to fit: R_RISCV_32_PCREL" <<'S'
    .globl _start,far
_start: ret
    .data
    .word 0
    .reloc 0, R_RISCV_32_PCREL, far
    .set far, 0x100000000
S
bad odd-target "the target's address is odd: R_RISCV_JAL against \`odd'" <<'S'
    .globl _start,odd
_start: jal odd
    .set odd, 0x10001
S
bad lower-part-without-upper "no upper part belongs to this: R_RISCV_PCREL_LO12_I against \`here' at .text+0x2" <<'S'
    .globl _start
_start:
here: nop
    addi a0, a0, %pcrel_lo(here)
S
bad wrong-instruction "no instruction with such a field: R_RISCV_HI20" <<'S'
    .option norvc
    .globl _start,x
_start: .reloc ., R_RISCV_HI20, x
    add a0, a0, a0
    .set x, 4
S
bad short-relocation-on-a-long-instruction "no instruction with such a field: R_RISCV_RVC_JUMP" <<'S'
    .option norvc
    .globl _start,x
_start: .reloc ., R_RISCV_RVC_JUMP, x
    add a0, a0, a0
    .set x, 0x10000
S
bad padding-outside "padding for alignment at 0x0 lies outside" <<'S'
    .globl _start
_start:
    .reloc 0, R_RISCV_ALIGN, 0x7ffffffe
    ret
S
bad dynamic-relocation "relocation R_RISCV_COPY is for dynamic linking only" <<'S'
    .globl _start
_start: ret
    .reloc 0, R_RISCV_COPY, _start
S
bad address-of-a-thread-local-symbol "address of a thread-local symbol: R_RISCV_PCREL_HI20 against \`v'" <<'S'
    .globl _start
_start: lla a0, v
    .section .tbss,"awT",@nobits
v:  .word 0
    .type v, @object
    .size v, 4
S
echo 'f: ret' >soft32.s && ${G}as -march=rv32i -mabi=ilp32 soft32.s -o soft32.o
refuses wrong-class "soft32.o: error: wrong class: a 32-bit ELF file, 64-bit is needed" $ld -o x start.o soft32.o
"$IDEM" cc -c "$in/switch.c" -o x64.o
refuses wrong-machine "x64.o: error: wrong machine: for x64, rv64 is needed" $ld -o x start.o x64.o
n=$(stat -c %s one.o) i=0
for k in 0 4 63 64 200 $((n / 2)) $((n - 1)); do
    head -c "$k" one.o >cut.o
    i=$((i + 1))
    $ld -o x start.o cut.o >log 2>&1
    eq "cut-off-$i" "1 1" "$? $(grep -c 'cut.o: \|cut.o$' log)"
done

# ---- choosing the target ----
refuses emulation-decides "wrong machine" "$IDEM" ld -m elf_x86_64 -o x start.o one.o
"$IDEM" ld -o x start.o one.o && eq first-object-decides "RISC-V" "$(${G}readelf -h x | sed -n 's/^ *Machine: *//p')"
rm -f l.a && ${G}ar rcD l.a start.o one.o && "$IDEM" ld -o x -u _start l.a && eq first-archive-decides "RISC-V" "$(${G}readelf -h x | sed -n 's/^ *Machine: *//p')"
"$IDEM" ld -melf64lriscv -o x start.o one.o && eq emulation-in-one-word 0 $?
"$IDEM" ld -m elf64lriscv_lp64 -o x soft.o -e f && eq emulation-of-an-abi "0x1, RVC, soft-float ABI" "$(flags x)"
refuses unknown-emulation "-m elf32lriscv: no such emulation" "$IDEM" ld -m elf32lriscv -o x start.o

# ---- the tools, on others' objects ----
${G}gcc -g -O2 -c "$shared/hosted.c" -o debug.o
as_gnu() { # NAME TOOL ARGUMENTS
    name=$1 tool=$2
    shift 2
    ${G}$tool "$@" | grep . >gnu.out
    "$IDEM" $tool "$@" | grep . >idem.out
    if cmp -s gnu.out idem.out; then echo "ok $name"; else diff gnu.out idem.out | head -10; echo "not ok $name"; fi
}
as_gnu nm-as-gnu nm debug.o
as_gnu nm-of-an-executable-as-gnu nm hosted
as_gnu objdump-r-as-gnu objdump -r debug.o
as_gnu objdump-h-as-gnu objdump -h debug.o
as_gnu objdump-h-of-an-executable-as-gnu objdump -h hosted
as_gnu objdump-f-as-gnu objdump -f debug.o hosted
rm -f i.a g.a && "$IDEM" ar rcs i.a debug.o start.o one.o && ${G}ar rcsD g.a debug.o start.o one.o
eq ar-as-gnu "" "$(cmp i.a g.a 2>&1)"
as_gnu nm-of-an-archive-as-gnu nm -s g.a
as_gnu nm-with-markers-as-gnu nm --special-syms debug.o

count=40
[ "$TIER" = all ] && count=400
python3 "$here/mutate.py" "$IDEM" "${FUZZ_SEED:-1}" $count debug.o gp.o align.o unknown.o tls.o
exit 0
