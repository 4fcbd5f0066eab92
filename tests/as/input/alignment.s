# Padding with no-operations, over long stretches with a jump; fields that lead to other sections.
 .text
 ret
 .p2align 8
 ret
 .p2align 4
 ret
 .p2align 5,,10
 ret
 .p2align 4,,15
 ret
 .p2align 3
 .p2align 7
 ret
 .balign 16, 0xcc
 jmp .Lc
 call .Lc
 call cold
 lea .Lc(%rip),%rax
 jmp 0x1234
 call 0x1234
 .section .text.unlikely,"ax",@progbits
 ret
.Lc: ret
cold: ret
 .data
 .balign 8
 .byte 1
 .p2align 3
