# Which symbol, type and addend each kind of field gets.
 .text
 .globl g
 .weak wk
 .hidden h
 .globl h
g: ret
h: ret
wk: ret
loc: ret
.Lx: ret
 call g
 jmp g
 call h
 jmp h
 call wk
 jmp wk
 call loc
 jmp loc
 call .Lx
 je g
 je wk
 je und
 jmp und
 call und
 call und@PLT
 call g@PLT
 jmp g@PLT
 lea g(%rip),%rax
 lea loc(%rip),%rax
 lea wk(%rip),%rax
 mov g@GOTPCREL(%rip),%rax
 mov g@GOTPCREL(%rip),%eax
 addl g@GOTPCREL(%rip),%eax
 call *g@GOTPCREL(%rip)
 mov x@gottpoff(%rip),%rax
 mov x@tpoff,%rax
 mov $x@tpoff,%rax
 mov %fs:x@tpoff,%rax
 lea x@tlsgd(%rip),%rdi
 mov $g,%eax
 mov $g,%rax
 movabs $g,%rax
 mov g,%eax
 movl $g,(%rax)
 movl $1,g(%rip)
 movb $1,g+4(%rip)
 push $g
 mov $loc, %edi
 mov dat(%rip),%eax
 mov d2(%rip),%eax
 lea .LC0(%rip),%rdi
 lea .LC0+3(%rip),%rdi
 lea msym(%rip),%rdi
 mov $.LC0,%edi
 mov $.LC0+2,%edi
 addq $g, %rax
 cmpb $g, %al
 jmp *g(,%rax,8)
 test $g, %eax
 .data
dat: .long loc-., g-., .LC0-., und-.
 .quad loc, g, .Lx, und+4
d2: .quad d2-dat, .-dat
 .long .Lx-dat
 .section .rodata.str1.1,"aMS",@progbits,1
.LC0: .string "abc"
msym: .string "def"
