#define VALUE 3
        .text
        .globl three
three:  movl $VALUE, %eax
        ret
        .section .note.GNU-stack,"",@progbits
