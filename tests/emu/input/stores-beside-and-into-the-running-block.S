# A store to data on the page of the running block, then one to the next instruction, without fence.i.
# exit: 2
    .option norvc
    .globl _start
_start:
    la a0, _start
    li t0, -4096
    and a0, a0, t0
    li a1, 8192
    li a2, 7
    li a7, 226             # mprotect
    ecall
    la s0, new
    la s1, spot
    j 1f
    .balign 64
1:  lw t1, 0(s0)
    lw t2, 0(s1)
    sw t2, 0(s0)
    sw t1, 0(s1)
spot:
    li a0, 1               # becomes li a0, 2
    li a7, 94
    ecall
    .balign 64
new:
    li a0, 2
