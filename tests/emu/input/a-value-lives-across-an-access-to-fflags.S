# The word in memory that MXCSR passes through is nobody's home meanwhile.
# exit: 0
    .globl _start
_start:
    li a3, 0
    li a4, 1
    j 1f
1:  subw s10, a3, a4
    csrrci t4, fflags, 26
    sh1add.uw s10, s10, s10
    li t0, 0x1fffffffd
    bne s10, t0, bad
    li a3, 0x7fffffff
    li a4, -1
    j 1f
1:  subw s10, a3, a4
    csrrci t4, fflags, 26
    sh1add.uw s10, s10, s10
    li t0, 0x80000000
    bne s10, t0, bad
    li a0, 0
    j 2f
bad:
    li a0, 1
2:  li a7, 94
    ecall
