# exit: 42
    .globl _start
_start:
    li a0, 42
    li a7, 94
    ecall
