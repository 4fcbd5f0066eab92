# Eight hundred jumps: two.c runs it with the least memory for code.
# exit: 32
    .globl _start
_start:
    li a0, 0
    li s0, 2
again:
    .rept 400
    addi a0, a0, 1
    j 1f
1:
    .endr
    addi s0, s0, -1
    bnez s0, far
    andi a0, a0, 255
    li a7, 94
    ecall
far:
    j again
