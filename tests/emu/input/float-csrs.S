# Each bit of the status tells a failure.
# exit: 0
    .globl _start
_start:
    li s0, 0
    csrr a0, fcsr
    beqz a0, 1f
    ori s0, s0, 1
1:  fsrmi a0, 3
    frrm a0
    li a1, 3
    beq a0, a1, 1f
    ori s0, s0, 2
1:  li a0, 1
    fcvt.d.l fa0, a0
    li a0, 3
    fcvt.d.l fa1, a0
    fdiv.d fa2, fa0, fa1        # inexact, rounded up
    fsrmi a0, 2
    fdiv.d fa3, fa0, fa1        # down
    fmv.x.d a2, fa2
    fmv.x.d a3, fa3
    sub a2, a2, a3
    li a1, 1
    beq a2, a1, 1f
    ori s0, s0, 4
1:  frflags a0
    beq a0, a1, 1f
    ori s0, s0, 8
1:  csrci fflags, 1
    frflags a0
    beqz a0, 1f
    ori s0, s0, 16
1:  fscsr a0, zero
    li a1, 0x40
    beq a0, a1, 1f
    ori s0, s0, 32
1:  rdinstret a1
    rdinstret a2
    bgeu a2, a1, 1f
    ori s0, s0, 64
1:  rdtime a1
    bnez a1, 1f
    ori s0, s0, 128
1:  mv a0, s0
    li a7, 94
    ecall
