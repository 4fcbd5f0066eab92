        .text
        .globl _start
_start: xorl %ebp, %ebp
        andq $-16, %rsp
        call start_c
        movl %eax, %edi
        movl $60, %eax
        syscall
        .section .note.GNU-stack,"",@progbits
