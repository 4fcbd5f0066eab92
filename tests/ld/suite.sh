#!/bin/sh
# The linker: what it makes runs, agrees with GNU ld where that is the reference, and says what is wrong with its input.
in=$PWD/tests/ld/input
ld="$IDEM ld"
cd "$T" || exit 1

ok() { # NAME COMMAND...: succeeds
    name=$1
    shift
    if "$@" >"$T/ok.log" 2>&1; then echo "ok $name"; else cat "$T/ok.log"; echo "not ok $name"; fi
}
eq() { # NAME EXPECTED ACTUAL
    if [ "$2" = "$3" ]; then echo "ok $1"; else echo "not ok $1"; echo "expected: $2"; echo "     got: $3"; fi
}
refuses() { # NAME TEXT COMMAND...: fails and says TEXT
    name=$1 text=$2
    shift 2
    if "$@" >"$T/refuses.log" 2>&1; then echo "not ok $name: succeeds"; return; fi
    if grep -qF -- "$text" "$T/refuses.log"; then echo "ok $name"; else cat "$T/refuses.log"; echo "not ok $name: lacks: $text"; fi
}
says() { # NAME TEXT COMMAND...: succeeds and says TEXT
    name=$1 text=$2
    shift 2
    if "$@" >"$T/says.log" 2>&1 && grep -qF -- "$text" "$T/says.log"; then echo "ok $name"
    else cat "$T/says.log"; echo "not ok $name: fails or lacks: $text"; fi
}
status() { "$@" >/dev/null 2>&1; echo $?; }
c() { # FILE OPTIONS <source: compiles freestanding
    file=$1
    shift
    cat >"$file.c"
    gcc -w -O1 -ffreestanding -fno-stack-protector -fno-asynchronous-unwind-tables -fno-pic "$@" -c "$file.c" -o "$file.o"
}
asm() { cat >"$1.s"; gcc -c "$1.s" -o "$1.o"; }

asm start <<'E'
    .globl _start
_start:
    xor %ebp, %ebp
    call main
    mov %eax, %edi
    mov $60, %eax
    syscall
    .section .note.GNU-stack,"",@progbits
E

# ---- with a libc: musl's and glibc's startup files and archives ----
musl=/usr/lib/x86_64-linux-musl
glibc=$(dirname "$(gcc -print-file-name=crt1.o)")
gccdir=$(dirname "$(gcc -print-libgcc-file-name)")
link_musl() { out=$1; shift; $ld -o "$out" $musl/crt1.o $musl/crti.o "$@" $musl/libc.a $musl/crtn.o; }
link_glibc() {
    out=$1
    shift
    $ld -o "$out" --eh-frame-hdr "$glibc/crt1.o" "$glibc/crti.o" "$gccdir/crtbeginT.o" "$@" -L"$gccdir" -L"$glibc" -lm \
        --start-group -lgcc -lgcc_eh -lc --end-group "$gccdir/crtend.o" "$glibc/crtn.o"
}
hosted() { # NAME COMPILER OPTIONS: both libcs
    name=$1 cc=$2
    shift 2
    command -v "$cc" >/dev/null || { echo "skip $name no $cc"; return; }
    $cc -w -c "$@" "$in/hosted.c" -o hosted.o && $cc -w -c "$@" "$in/other.c" -o other.o || { echo "not ok $name: no object"; return; }
    for libc in musl glibc; do
        if [ $libc = musl ] && [ ! -f $musl/libc.a ]; then echo "skip $name-musl no musl"; continue; fi
        if [ $libc = glibc ] && [ ! -f "$glibc/libc.a" ]; then echo "skip $name-glibc no static glibc"; continue; fi
        link_$libc hosted hosted.o other.o >log 2>&1
        ./hosted >out 2>>log
        if [ $? = 3 ] && cmp -s out "$in/hosted.out"; then echo "ok $name-$libc"; else cat log; diff out "$in/hosted.out"; echo "not ok $name-$libc"; fi
    done
}
hosted gcc gcc -O1
hosted clang clang -O1
hosted gcc-pic gcc -O2 -fPIC
hosted gcc-local-dynamic-no-plt gcc -O2 -fPIC -ftls-model=local-dynamic -fno-plt
hosted gcc-descriptors gcc -O2 -fPIC -mtls-dialect=gnu2
hosted gcc-large gcc -O1 -fPIC -mcmodel=large
hosted gcc-sections gcc -O2 -ffunction-sections -fdata-sections
if [ "$TIER" = all ]; then
    for o in -O0 -O2; do
        for m in -fPIC -fno-pic -fPIE; do
            for tls in global-dynamic local-dynamic initial-exec local-exec; do
                [ "$m $tls" = "-fPIC local-exec" ] && continue
                hosted "gcc$o$m-$tls" gcc $o $m -ftls-model=$tls
                hosted "clang$o$m-$tls" clang $o $m -ftls-model=$tls
            done
        done
    done
fi
gcc -w -O1 -ffunction-sections -fdata-sections -c "$in/hosted.c" "$in/other.c"
if [ -f "$glibc/libc.a" ]; then
    link_glibc gc hosted.o other.o --gc-sections
    ./gc >out
    eq gc-sections-glibc "3 same" "$? $(cmp out "$in/hosted.out" && echo same)"
    link_glibc whole hosted.o other.o
    eq gc-sections-is-smaller yes "$([ "$(stat -c %s gc)" -lt "$(stat -c %s whole)" ] && echo yes)"
    cat >trace.c <<'E'
#include <stdio.h>
#include <unwind.h>
static _Unwind_Reason_Code count(struct _Unwind_Context *c, void *n) { (void)c; ++*(int *)n; return _URC_NO_REASON; }
__attribute__((noinline)) int deep(int d) { int n = 0; if (d) return deep(d - 1) + 0 * d; _Unwind_Backtrace(count, &n); return n; }
int main(void) { printf("%d\n", deep(5) >= 3); return 0; }
E
    gcc -O0 -c trace.c
    link_glibc trace trace.o
    eq unwinding-through-eh-frame 1 "$(./trace)"
    says eh-frame-hdr-is-well-formed "" readelf -wF trace
    # The same members as GNU ld takes.
    link_glibc m hosted.o other.o -Map=m.map
    ld -static -o g "$glibc/crt1.o" "$glibc/crti.o" "$gccdir/crtbeginT.o" hosted.o other.o -L"$gccdir" -L"$glibc" -lm --start-group \
        -lgcc -lgcc_eh -lc --end-group "$gccdir/crtend.o" "$glibc/crtn.o" -Map=g.map
    sed -n '/^Archive member/,/^Discarded/s/^\/.*[/]\([^/]*)\)$/\1/p' g.map >g.members
    sed -n '/^Archive member/,/^Discarded/s/^\/.*[/]\([^/]*)\)$/\1/p' m.map >m.members
    eq members-and-their-order-as-gnu-ld "same $(wc -l <g.members)" "$(cmp g.members m.members && echo same) $(wc -l <m.members)"
    eq members-found-at-all yes "$([ "$(wc -l <g.members)" -gt 100 ] && echo yes)"
    link_glibc again hosted.o other.o -Map=again.map
    ok same-input-same-bytes cmp m again
fi
gcc -O1 -w -fPIC -c "$in/hosted.c" "$in/other.c"
for l in ld ld.lld; do
    command -v $l >/dev/null || { echo "skip partial-link-then-$l no $l"; continue; }
    $ld -r -o both.o hosted.o other.o
    gcc -static -fuse-ld=$(echo $l | sed 's/ld$/bfd/; s/^ld\.bfd$/bfd/; s/ld\.lbfd/lld/') -o both both.o -lm 2>log && ./both >out
    eq partial-link-then-$l "3 same" "$? $(cmp out "$in/hosted.out" && echo same)"
done
readelf -aW both.o >/dev/null 2>err
eq partial-link-is-clean-for-readelf "" "$(cat err)"
gcc -B"$T" -static -o by-gcc hosted.o other.o -lm 2>/dev/null
ln -sf "$IDEM" ld
gcc -B"$T/" -static -Wl,--hash-style=gnu,--as-needed,-z,relro,-z,now -o by-gcc hosted.o other.o -lm 2>log
./by-gcc >out
eq as-the-linker-of-gcc "3 same" "$? $(cmp out "$in/hosted.out" && echo same)"
rm -f ld

# ---- symbols ----
c a <<'E'
int f(void); int main(void) { return f(); }
E
c strong <<'E'
int f(void) { return 5; }
E
c weak <<'E'
__attribute__((weak)) int f(void) { return 9; }
E
$ld -o x start.o a.o weak.o strong.o && eq strong-beats-weak 5 "$(status ./x)"
$ld -o x start.o a.o strong.o weak.o && eq strong-first-beats-weak 5 "$(status ./x)"
$ld -o x start.o a.o weak.o && eq weak-alone 9 "$(status ./x)"
refuses two-strong-definitions "multiple definition of \`f'; first defined at strong.o:(.text+0x0)" $ld -o x start.o a.o strong.o strong.o
refuses undefined-names-function "a.o: error: in function \`main': undefined reference to \`f'" $ld -o x start.o a.o
eq failed-link-leaves-nothing no "$(rm -f y; $ld -o y start.o a.o 2>/dev/null; [ -e y ] && echo yes || echo no)"
says unresolved-may-be-allowed "undefined reference to \`f'" $ld -o x --warn-unresolved-symbols start.o a.o
c many <<'E'
int f(void); int main(void) { return f() + f() + f() + f() + f(); }
E
$ld -o x start.o many.o 2>err
eq undefined-is-told-three-times "3 1" "$(grep -c 'undefined reference to' err) $(grep -c 'more undefined' err)"
c undefweak <<'E'
extern int nothing(void) __attribute__((weak)); extern int data __attribute__((weak));
int main(void) { return (nothing ? 1 : 2) + (&data ? 10 : 20); }
E
$ld -o x start.o undefweak.o && eq undefined-weak-is-zero 22 "$(status ./x)"
c undefweakpic -fPIC <undefweak.c
$ld -o x start.o undefweakpic.o && eq undefined-weak-is-zero-through-got 22 "$(status ./x)"
c common1 -fcommon <<'E'
int shared[2]; extern int get(void); int main(void) { shared[1] = 4; return get() + (((long)shared & 63) ? 100 : 0); }
E
c common2 -fcommon <<'E'
int shared[100] __attribute__((aligned(64))); int get(void) { return shared[1] + shared[99]; }
E
$ld -o x start.o common1.o common2.o && eq commons-join-largest-and-most-aligned 4 "$(status ./x)"
c common3 -fno-common <<'E'
int shared[100] __attribute__((aligned(64))) = { [99] = 3 }; int get(void) { return shared[1] + shared[99]; }
E
$ld -o x start.o common1.o common3.o && eq definition-beats-common 7 "$(status ./x)"
$ld -o x start.o a.o strong.o --defsym g=f --defsym h=g+4 --defsym k=0x1234 && nm x >syms
eq defsym "4 0000000000001234" "$((0x$(sed -n 's/ . h$//p' syms) - 0x$(sed -n 's/ . f$//p' syms))) $(sed -n 's/ A k$//p' syms)"
c hidden <<'E'
__attribute__((visibility("hidden"))) int f(void) { return 6; }
E
$ld -o x start.o a.o hidden.o && eq hidden-becomes-local "6 t" "$(status ./x) $(nm x | sed -n 's/.* \(.\) f$/\1/p')"
if command -v tcc >/dev/null; then
    tcc -c strong.c -o tcc.o && $ld -o x start.o a.o tcc.o && eq object-of-tcc 5 "$(status ./x)"
else
    echo "skip object-of-tcc no tcc"
fi
says missing-entry-warns "cannot find entry symbol _start; defaulting to" $ld -o x strong.o
$ld -o x -e other start.o a.o strong.o --defsym other=_start 2>err && eq entry-by-name "5 " "$(status ./x) $(cat err)"
c tlsdef <<'E'
__thread int f;
E
refuses thread-local-and-not "thread-local" $ld -o x start.o a.o tlsdef.o

# ---- archives ----
rm -f l1.a l2.a l3.a
c p1 <<'E'
int q(void); int f(void) { return q() + 1; }
E
c p2 <<'E'
int r(void); int q(void) { return r() + 1; }
E
c p3 <<'E'
int r(void) { return 1; }
E
c never <<'E'
int unrelated(void) { return undefined_thing(); }
E
ar rcD l1.a p1.o p3.o never.o
ar rcD l2.a p2.o
$ld -o x start.o a.o --start-group l1.a l2.a --end-group && eq group-is-searched-again 3 "$(status ./x)"
$ld -o x start.o a.o '-(' l2.a l1.a '-)' && eq group-by-parentheses 3 "$(status ./x)"
refuses without-a-group-order-counts "undefined reference to \`r'" $ld -o x start.o a.o l1.a l2.a
refuses whole-archive-takes-all "undefined_thing" $ld -o x start.o a.o --whole-archive l1.a --no-whole-archive l2.a
$ld -o x start.o a.o -L. -l:l1.a -l:l2.a -u r 2>err && eq wanted-on-the-command-line 3 "$(status ./x)"
cp l1.a libone.a
$ld -o x start.o a.o -lone l2.a -lone -L . && eq library-by-name 3 "$(status ./x)"
c weakref <<'E'
extern int f(void) __attribute__((weak)); int main(void) { return f ? 1 : 2; }
E
$ld -o x start.o weakref.o l1.a && eq weak-reference-takes-no-member 2 "$(status ./x)"
c com -fcommon <<'E'
int state; int main(void) { return state; }
E
c comdef <<'E'
int state = 8;
E
c comcom -fcommon <<'E'
int state; int also = 1;
E
ar rcD l3.a comcom.o comdef.o
rm -f l4.a; ar rcD l4.a comdef.o
$ld -o x start.o com.o l4.a && ld -o y start.o com.o l4.a && eq common-takes-a-defining-member "$(status ./y)" "$(status ./x)"
ar rcST l5.a p1.o 2>/dev/null || ar rcSDT l5.a p1.o
refuses thin-archive "thin archive" $ld -o x start.o a.o l5.a
ar rcSD l6.a p1.o p2.o p3.o
$ld -o x start.o a.o l6.a && eq archive-without-index 3 "$(status ./x)"
printf 'not an object\0' >junk.o
refuses unknown-format "file format not recognized" $ld -o x junk.o
printf '/* a script */\nOUTPUT_FORMAT(elf64-x86-64)\nGROUP ( %s AS_NEEDED ( %s ) )\n' "$T/l1.a" "$T/l2.a" >libs.a
$ld -o x start.o a.o -L. -ls && eq script-of-a-group 3 "$(status ./x)"

printf 'start.o\n"a.o" strong.o -o resp\n' >words
$ld @words && eq response-file 5 "$(status ./resp)"
if gcc -flto -fno-fat-lto-objects -c strong.c -o lto.o 2>/dev/null; then
    refuses object-without-code "holds no code" $ld -o x start.o a.o lto.o
else
    echo "skip object-without-code gcc has no lto"
fi
asm warns <<'E'
    .globl f
f:  mov $5, %eax
    ret
    .section .gnu.warning.f,"",@progbits
    .string "do not use f"
    .section .note.GNU-stack,"",@progbits
E
says warning-of-a-symbol "in function \`main': do not use f" $ld -o x start.o a.o warns.o
eq warning-sections-stay-out "5 0" "$(status ./x) $(readelf -SW x | grep -c warning)"

# ---- sections ----
asm starts <<'E'
    .section mine,"a",@progbits
    .byte 1
    .text
    .globl main
main:
    mov $__stop_mine, %eax
    sub $__start_mine, %eax
    ret
    .section .note.GNU-stack,"",@progbits
E
asm more <<'E'
    .section mine,"a",@progbits
    .byte 2, 3
    .section .note.GNU-stack,"",@progbits
E
$ld -o x start.o starts.o more.o && eq start-and-stop-of-a-section 3 "$(status ./x)"
$ld --gc-sections -o x start.o starts.o more.o && eq gc-keeps-what-start-names 3 "$(status ./x)"
c ends <<'E'
extern char end[], edata[], etext[], __bss_start[], _end[], __ehdr_start[], __executable_start[], __init_array_start[], __init_array_end[];
int data = 1, zero[100];
int main(void)
{
    return (end == _end && (char *)&zero[100] <= end && (char *)&data < edata && (char *)zero >= edata && __bss_start >= edata &&
            (char *)main < etext && __ehdr_start == __executable_start && __ehdr_start[1] == 'E' &&
            __init_array_start == __init_array_end) ? 1 : 2;
}
E
$ld -o x start.o ends.o && eq symbols-of-the-linker 1 "$(status ./x)"
c own <<'E'
int end = 3; int main(void) { return end; }
E
$ld -o x start.o own.o && eq own-definition-of-end-wins 3 "$(status ./x)"
c str1 <<'E'
const char *one = "merge me once"; extern const char *two; int main(void) { return one == two && one[6] == 'm'; }
E
c str2 <<'E'
const char *two = "merge me once", *three = "another";
E
$ld -o x start.o str1.o str2.o && eq strings-are-merged "1 1" "$(status ./x) $(grep -c 'merge me once' x)"
asm comdat1 <<'E'
    .section .text.one,"axG",@progbits,one,comdat
    .weak one
one: mov $4, %eax
    ret
    .section .rodata.one,"aG",@progbits,one,comdat
    .ascii "IN THE GROUP"
    .text
    .globl main
main: jmp one
    .section .debug_test,"",@progbits
    .quad .text.one
    .section .note.GNU-stack,"",@progbits
E
sed 's/main/other/' comdat1.s | asm comdat2
$ld -o x start.o comdat1.o comdat2.o && eq one-copy-of-a-group "4 1" "$(status ./x) $(grep -c 'IN THE GROUP' x)"
asm discarded <<'E'
    .section .text.one,"axG",@progbits,one,comdat
    .weak one
one: nop
local: ret
    .text
other: jmp local
    .section .note.GNU-stack,"",@progbits
E
refuses reference-into-a-lost-group "discarded section" $ld -o x start.o comdat1.o discarded.o
c arrays <<'E'
static int v; extern void (*__init_array_start[])(void), (*__init_array_end[])(void);
__attribute__((constructor(500))) static void b(void) { v = v * 10 + 2; }
__attribute__((constructor(300))) static void a(void) { v = v * 10 + 1; }
__attribute__((constructor)) static void c(void) { v = v * 10 + 3; }
int main(void) { for (void (**p)(void) = __init_array_start; p < __init_array_end; p++) (*p)(); return v; }
E
$ld -o x start.o arrays.o && eq array-order 123 "$(status ./x)"
asm ctors <<'E'
    .text
    .globl main
main:
    xor %eax, %eax
    mov $__init_array_start, %ebx
1:  cmp $__init_array_end, %rbx
    je 2f
    imul $10, %eax
    add (%rbx), %eax
    add $8, %rbx
    jmp 1b
2:  ret
    .section .ctors.65000,"aw",@progbits
    .quad 1
    .section .init_array.600,"aw",@init_array
    .quad 2
    .section .ctors,"aw",@progbits
    .quad 4, 3
    .section .note.GNU-stack,"",@progbits
E
$ld -o x start.o ctors.o && eq old-constructors-by-priority $((1234 & 255)) "$(status ./x)"
c gc -ffunction-sections -fdata-sections <<'E'
int used_data = 7; int unused_data = 1; __attribute__((noinline)) int used(void) { return used_data; }
int unused(void) { return unused_data; } int main(void) { return used(); }
E
$ld --gc-sections -o x start.o gc.o && eq gc-drops-the-unreached "7 2" "$(status ./x) $(nm x | grep -c used)"
$ld --gc-sections -u unused -o x start.o gc.o && eq gc-keeps-u 4 "$(nm x | grep -c used)"
c big <<'E'
char page[8192] __attribute__((aligned(8192))) = { 1 }; char zeros[1 << 20]; int main(void)
{ for (int i = 0; i < 1 << 20; i++) if (zeros[i]) return 1; return ((long)page & 8191) ? 2 : page[0] + 4; }
E
$ld -o x start.o big.o && eq alignment-above-a-page 5 "$(status ./x)"
eq zeros-take-no-file yes "$([ "$(stat -c %s x)" -lt 60000 ] && echo yes)"
$ld -z max-page-size=0x10000 -o x start.o big.o && eq larger-pages "5 0x10000" "$(status ./x) $(readelf -lW x | awk '$1 == "LOAD" { print $NF; exit }')"
asm wx <<'E'
    .section both,"awx",@progbits
    .globl main
main: incl 1f(%rip)
    mov 1f(%rip), %eax
    ret
1:  .long 3
    .section .note.GNU-stack,"",@progbits
E
says writable-code-is-told "both writable and executable" $ld -o x start.o wx.o
eq writable-code-runs 4 "$(status ./x)"

# ---- relocations ----
asm relax <<'E'
    .globl main
main:
    mov value@GOTPCREL(%rip), %rax
    mov (%rax), %eax
    push %rax
    call *add@GOTPCREL(%rip)
    pop %rcx
    add %ecx, %eax
    jmp *finish@GOTPCREL(%rip)
    ud2
add: mov $2, %eax
    ret
finish: ret
    .data
    .globl value, add, finish
value: .long 40
    .section .note.GNU-stack,"",@progbits
E
$ld -o x start.o relax.o && eq got-loads-relax "42 0" "$(status ./x) $(readelf -SW x | grep -c ' \.got')"
asm gotkeep <<'E'
    .globl main
main:
    mov value@GOTPCREL(%rip), %ecx
    add value@GOTPCREL(%rip), %rcx
    mov $value, %eax
    add %eax, %eax
    sub %ecx, %eax
    ret
    .data
    .globl value
value: .long 40
    .section .note.GNU-stack,"",@progbits
E
$ld -o x start.o gotkeep.o && eq other-got-loads-keep-the-slot "0 1" "$(status ./x) $(readelf -SW x | grep -c ' \.got')"
asm far <<'E'
    .globl main
main: call there
    .globl there
    .set there, 0x7000000000000
    .section .note.GNU-stack,"",@progbits
E
refuses overflow-names-the-place "relocation truncated to fit: R_X86_64_PLT32 against \`there' at .text+0x1" $ld -o x start.o far.o
asm farbyte <<'E'
    .globl main
main: ret
    .byte far
    .section .note.GNU-stack,"",@progbits
E
refuses overflow-of-a-byte "R_X86_64_8 against \`far'" $ld -o x start.o farbyte.o --defsym far=0x1000
asm copyrel <<'E'
    .globl main
main: ret
    .data
    .reloc ., R_X86_64_COPY, main
    .quad 0
    .section .note.GNU-stack,"",@progbits
E
refuses dynamic-relocation-by-name "R_X86_64_COPY" $ld -o x start.o copyrel.o
c ifunc <<'E'
static int real(void) { return 11; } static int (*pick(void))(void) { return real; }
int chosen(void) __attribute__((ifunc("pick"))); int (*pointer)(void) = chosen;
extern struct { unsigned long at, info; unsigned long (*f)(void); } __rela_iplt_start[], __rela_iplt_end[];
int main(void)
{
    for (int i = 0; __rela_iplt_start + i < __rela_iplt_end; i++)
        if (__rela_iplt_start[i].info != 37) return 1;
        else *(unsigned long *)__rela_iplt_start[i].at = __rela_iplt_start[i].f();
    return chosen() + pointer() + (pointer == chosen ? 1 : 0);
}
E
$ld -o x start.o ifunc.o && eq indirect-functions 23 "$(status ./x)"
asm sizes <<'E'
    .globl main
main: mov $thing@SIZE, %eax
    ret
    .globl thing
    .type thing, @object
    .size thing, 13
thing: .skip 13
    .section .note.GNU-stack,"",@progbits
E
$ld -o x start.o sizes.o && eq size-relocation 13 "$(status ./x)"
asm badtls <<'E'
    .globl main
main: lea x@tlsgd(%rip), %rdi
    call __tls_get_addr@plt
    ret
    .section .tbss,"awT",@nobits
    .globl x
x:  .zero 4
    .section .note.GNU-stack,"",@progbits
E
refuses strange-tls-sequence "not a code sequence" $ld -o x start.o badtls.o

# ---- the image ----
$ld -o x start.o a.o strong.o
readelf -aW x >/dev/null 2>err
eq readelf-is-content "" "$(cat err)"
eq no-segment-is-writable-and-executable 0 "$(readelf -lW x | grep -c 'RWE')"
eq segments-are-congruent 0 "$(readelf -lW x | awk '$1 == "LOAD" && substr($2, length($2) - 2) != substr($3, length($3) - 2)' | wc -l)"
$ld -s -o y start.o a.o strong.o && eq strip-all "5 0" "$(status ./y) $(readelf -SW y | grep -c symtab)"
gcc -g -ffreestanding -c strong.c -o strongg.o
$ld -S -o y start.o a.o strongg.o && eq strip-debug "5 0 1" "$(status ./y) $(readelf -SW y | grep -c debug) $(nm y | grep -c ' f$')"
$ld -o y start.o a.o strongg.o && readelf -wi y 2>&1 | grep -q 'DW_AT_name.*: f$' && echo "ok debug-data-is-relocated" || echo "not ok debug-data-is-relocated"
$ld -Ttext-segment=0x10000000 -o y start.o a.o strong.o && eq base-address "5 0x0000000010000000" "$(status ./y) $(readelf -lW y | awk '$1 == "LOAD" { print $3; exit }')"
refuses base-address-is-checked "base address" $ld -Ttext-segment=0x10000123 -o y start.o a.o strong.o
$ld --build-id -o y start.o a.o strong.o && eq build-id "5 1" "$(status ./y) $(readelf -nW y | grep -c 'Build ID: [0-9a-f]\{40\}$')"
$ld -Map=map -o y start.o a.o strong.o && eq map-tells-places 1 "$(grep -c '0x0000000000.* f$' map)"
$ld -z execstack -o y start.o a.o strong.o && eq executable-stack-on-demand RWE "$(readelf -lW y | awk '/GNU_STACK/ { print $7 }')"
eq stack-is-not-executable RW "$(readelf -lW x | awk '/GNU_STACK/ { print $7 }')"

# ---- refusals ----
gcc -m32 -ffreestanding -fno-pic -c strong.c -o m32.o 2>/dev/null &&
    refuses wrong-class "32-bit ELF" $ld -o x m32.o || echo "skip wrong-class gcc has no -m32"
cp strong.o arm.o && printf "\050\000" | dd of=arm.o bs=1 seek=18 conv=notrunc 2>/dev/null
refuses wrong-machine "machine number 40" $ld -o x start.o arm.o
gcc -shared -fPIC -o lib.so strong.c
refuses shared-library "is a shared library" $ld -o x start.o a.o lib.so
refuses missing-file "cannot read none.o" $ld -o x none.o
refuses missing-library "cannot find -lnone" $ld -o x -lnone
for o in -shared -pie "-T x" "--dynamic-linker x" -Ttext=0x1000; do
    refuses "refuses-${o%% *}" "is not supported" $ld -o x $o start.o
done
refuses unknown-option "unknown option '--nonsense'" $ld -o x --nonsense
exit 0
