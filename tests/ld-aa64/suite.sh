#!/bin/sh
# Linking for aa64: glibc's archives, thread-local storage in every model, veneers, bad input. Results run under qemu-aarch64; GNU ld is the
# reference. The programs of ../ld/input and ../ld-rv64/input are those of the other targets.
shared=$PWD/tests/ld/input
in=$PWD/tests/ld-rv64/input
here=$PWD/tests/ld-aa64
G=aarch64-linux-gnu-
for p in ${G}gcc ${G}as ${G}ld ${G}readelf qemu-aarch64; do command -v $p >/dev/null || { echo "skip ld-aa64 no $p"; exit 0; }; done
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
asm() { file=$1; shift; cat >"$file.s"; ${G}as "$@" "$file.s" -o "$file.o"; }
ld="$IDEM ld -m aarch64linux"
gccdir=$(dirname "$(${G}gcc -print-libgcc-file-name)")
libdir=$(dirname "$(${G}gcc -print-file-name=libc.a)")
link() { # OUT FILE...: with glibc, as gcc -static does
    out=$1
    shift
    $ld -o "$out" "$libdir/crt1.o" "$libdir/crti.o" "$gccdir/crtbeginT.o" "$@" -L"$gccdir" -L"$libdir" -lm --start-group -lgcc -lgcc_eh \
        -lc --end-group "$gccdir/crtend.o" "$libdir/crtn.o"
}

# ---- with glibc ----
hosted() { # NAME OPTIONS
    name=$1
    shift
    ${G}gcc -w -c "$@" "$shared/hosted.c" "$shared/other.c" || { echo "not ok $name: no object"; return; }
    link hosted hosted.o other.o >log 2>&1 && qemu-aarch64 ./hosted >out 2>>log
    if [ $? = 3 ] && cmp -s out "$shared/hosted.out"; then echo "ok $name"; else cat log; diff out "$shared/hosted.out"; echo "not ok $name"; fi
}
hosted local-exec -O1 -fno-pie
hosted pic-descriptors -O2 -fPIC -g
hosted pic-descriptors-local-dynamic -O1 -fPIC -ftls-model=local-dynamic
hosted pic-traditional -O2 -fPIC -mtls-dialect=trad
hosted initial-exec -O2 -ftls-model=initial-exec
hosted small-tls-offsets -O2 -fno-pie -mtls-size=12
hosted large-tls-offsets -O2 -fno-pie -mtls-size=32
hosted sections -Os -ffunction-sections -fdata-sections
hosted outline-atomics -O2 -moutline-atomics
hosted lse -O2 -march=armv8.1-a -mno-outline-atomics
if [ "$TIER" = all ]; then
    for o in -O0 -O3; do for m in -fPIC -fno-pie; do hosted "gcc$o$m" $o $m; done; done
    hosted large-code -O1 -fno-pie -fno-pic -mcmodel=large
    hosted tiny-code -O1 -mcmodel=tiny
fi
${G}gcc -w -O2 -g -c "$shared/hosted.c" "$shared/other.c"
link hosted hosted.o other.o
link gc --gc-sections hosted.o other.o && qemu-aarch64 ./gc >out
eq gc-sections "3 same" "$? $(cmp out "$shared/hosted.out" && echo same)"
link again hosted.o other.o
eq same-input-same-bytes "" "$(cmp hosted again)"
${G}readelf -aW hosted >out 2>err
eq readelf-is-content "" "$(cat err)"
${G}gcc -O0 -funwind-tables -c "$in/unwind.c" && link unwind unwind.o
eq unwinding 1 "$(qemu-aarch64 ./unwind)"
link unwind --eh-frame-hdr unwind.o
eq unwinding-by-the-search-table 1 "$(qemu-aarch64 ./unwind)"

# ---- fields, beside GNU ld: the same bytes where the addresses are ----
asm fields <<'END'
    .globl _start, far, data
    .text
_start:
    adr x0, near
    adrp x1, data
    add x1, x1, :lo12:data
    ldrb w2, [x1, :lo12:data]
    ldrh w2, [x1, :lo12:data]
    ldr w2, [x1, :lo12:data]
    ldr x2, [x1, :lo12:data]
    ldr q2, [x1, :lo12:data]
    ldr x3, near
    movz x4, #:abs_g3:far
    movk x4, #:abs_g2_nc:far
    movk x4, #:abs_g1_nc:far
    movk x4, #:abs_g0_nc:far
    movz x4, #:abs_g0_s:small
    movz x4, #:abs_g1_s:less
    movz x5, #:prel_g1:far
    movk x5, #:prel_g0_nc:far
    cbz x0, near
    tbnz x0, #3, near
    b.ne near
    bl near
    b near
    .balign 16
near:
    .quad far, data - .
    .word data - ., small
    .hword small
    .set small, 0x1234
    .set less, -70000
    .data
    .balign 16
data: .zero 64
far:
END
${G}ld -o gnu fields.o -Ttext-segment=0x400000 -z noseparate-code 2>log && $ld -o own fields.o -z noseparate-code 2>>log || { cat log; echo "not ok fields-link"; }
dump() { ${G}objdump -d --no-show-raw-insn "$1" | sed -n '/<_start>:/,$p' | sed 's/^ *[0-9a-f]*:[[:space:]]*//; s/[0-9a-f]* <\([^>]*\)>/\1/; s/#.*//'; }
dump gnu | grep -v 'mov[zk]\|\.word\|add\|ldr\|adrp\|bounds' >a
dump own | grep -v 'mov[zk]\|\.word\|add\|ldr\|adrp\|bounds' >b
eq branches-as-gnu-ld-has-them "" "$(diff a b)"
check() { # the program computes the address of data in every way and compares
    cat <<'END'
    .globl _start
    .text
_start:
    adrp x1, data
    add x1, x1, :lo12:data
    movz x2, #:abs_g3:data
    movk x2, #:abs_g2_nc:data
    movk x2, #:abs_g1_nc:data
    movk x2, #:abs_g0_nc:data
    cmp x1, x2
    b.ne bad
    movz x2, #:prel_g1:data
here1:
    movk x2, #:prel_g0_nc:data + 4
    adr x3, here1 - 4
    add x2, x2, x3
    cmp x1, x2
    b.ne bad
    adrp x2, :got:data
    ldr x2, [x2, :got_lo12:data]
    cmp x1, x2
    b.ne bad
    ldr x2, :got:data
    cmp x1, x2
    b.ne bad
    ldr x2, words
    cmp x1, x2
    b.ne bad
    adr x3, words + 8
    ldr x2, [x3]
    add x2, x2, x3
    cmp x1, x2
    b.ne bad
    ldrsw x2, [x3, #8]
    add x2, x2, x3
    add x2, x2, #8
    cmp x1, x2
    b.ne bad
    adrp x3, data
    ldrb w4, [x3, :lo12:data]
    ldrh w5, [x3, :lo12:data]
    ldr w6, [x3, :lo12:data]
    ldr x7, [x3, :lo12:data]
    ldr q0, [x3, :lo12:data]
    fmov x9, d0
    cmp x7, x9
    b.ne bad
    cmp w4, #0x88
    b.ne bad
    bl nowhere
    movz x2, #:abs_g0_s:less
    cmn x2, #3
    b.ne bad
    mov x0, #42
    b out
bad: mov x0, #1
out: mov x8, #93
    svc #0
    .weak nowhere
    .set less, -3
    .balign 8
words:
    .quad data, data - .
    .word data - .
    .data
    .balign 16
data: .quad 0x1122334455667788, 2
END
}
check | asm check && $ld -o check check.o 2>log; qemu-aarch64 ./check
eq addresses-in-every-way 42 "$?"

# ---- veneers: calls over more than 128 MiB, there and back, from several places; one veneer serves a group ----
asm far -mcpu=generic <<'END'
    .globl _start, there
    .section .text.a, "ax", %progbits
_start:
    mov x0, #1
    bl there
    bl there
    add x0, x0, #1
    mov x8, #93
    svc #0
    .section .text.b, "ax", %progbits
    .zero 70000000
    .section .text.c, "ax", %progbits
    .zero 70000000
    .section .text.d, "ax", %progbits
there:
    mov x19, x30
    bl back
    mov x30, x19
    b jumped
    .section .text.e, "ax", %progbits
    .globl back, jumped
    .type back, %function
    .zero 70000
    .section .text.f, "ax", %progbits
back:
    add x0, x0, #10
    ret
    .section .text.a, "ax", %progbits
jumped:
    add x0, x0, #10
    ret
END
$ld -o far far.o 2>log; status=$?; cat log
eq far-links 0 $status
qemu-aarch64 ./far
eq far-calls-go-through-veneers 42 "$?"
$ld -o far2 far.o && cmp far far2
eq veneers-are-deterministic 0 "$?"
rm -f far far2

# ---- bad input ----
asm big <<'END'
    .globl _start
_start:
    tbz x0, #1, big
    .zero 40000
big:
    .globl big
END
asm miss <<'END'
    .globl _start
_start:
    tbz x0, #1, outside
    ldr x0, [x1, :lo12:odd]
    b.eq outside
    movz x0, #:abs_g0:outside
END
asm away <<'END'
    .globl outside, odd
    .text
    .zero 2000000
outside:
    .data
    .byte 1
odd: .byte 2
END
refuses a-branch-that-does-not-reach "relocation truncated to fit: R_AARCH64_TSTBR14 against \`outside'" $ld miss.o away.o -o x
refuses a-misaligned-low-part "the address is not aligned for the access: R_AARCH64_LDST64_ABS_LO12_NC against \`odd'" $ld miss.o away.o -o x
refuses a-part-that-is-too-small "relocation truncated to fit: R_AARCH64_MOVW_UABS_G0" $ld miss.o away.o -o x
eq nothing-is-left-behind "" "$(ls x 2>/dev/null)"
refuses objects-of-another-machine "wrong machine" "$IDEM" ld -m elf64lriscv check.o -o x
command -v python3 >/dev/null || { echo "skip damaged-objects no python3"; exit 0; }
count=200
[ "$TIER" = all ] && count=2000
EMULATION=aarch64linux RELOCS=1100 python3 "$here/../ld-rv64/mutate.py" "$IDEM" "${FUZZ_SEED:-1}" $count check.o fields.o miss.o hosted.o
