# For --trace: a loop, a call, a store over the next instruction, a fault, its handler. Built at a fixed address; trace.out has the lines.
    .section .changes, "awx", @progbits
    .globl _start
_start:
    li a0, 11               # SIGSEGV: handler
    la a1, action
    li a2, 0
    li a3, 8
    li a7, 134              # rt_sigaction
    ecall
    li s0, 9
loop:
    addi s0, s0, -1
    bnez s0, loop
    jal f
    lw a1, other
    la a2, next
    sw a1, 0(a2)
next:
    .4byte 0x00500413       # li s0, 5, which becomes li s0, 6
    fcvt.d.l fa0, s0
    fcvt.lu.d s1, fa0
    lw a0, 8(zero)
    nop                     # never reached
other:
    .4byte 0x00600413
f:
    ret
handler:
    mv a0, s1
    li a7, 94
    ecall
    .data
action:
    .8byte handler, 0, 0
