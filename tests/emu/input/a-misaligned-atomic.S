# exit: 135
    .globl _start
_start:
    addi a0, sp, 1
    amoadd.w a1, a2, (a0)
