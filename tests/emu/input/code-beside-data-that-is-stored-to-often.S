# A page of code that is stored to again and again: its blocks compare their bytes, and what changes is seen all the same. Each status tells a
# failure.
# exit: 0
    .globl _start
_start:
    la a0, page
    li a1, 4096
    li a2, 7
    li a7, 226
    ecall
    j page
    .section .changes, "awx", @progbits
    .balign 4096
page:
    li t0, 0
    li t1, 20000
    la a2, counter
1:  ld a3, 0(a2)
    addi a3, a3, 1
    sd a3, 0(a2)
    addi t0, t0, 1
    bne t0, t1, 1b
    # code that changes on the hot page: ten times
    li t0, 0
    li t1, 10
    li t2, 0
loop:
    .option push
    .option norvc
step: addi t2, t2, 1
    .option pop
    addi t0, t0, 1
    lw a1, step
    lui a3, 0x100
    add a1, a1, a3
    la a4, step
    sw a1, 0(a4)
    lw a1, next
    addi a1, a1, 0
    la a4, here
    sw a1, 0(a4)
    .option push
    .option norvc
here: addi s1, s1, 5
    .option pop
    bne t0, t1, loop
    ld a3, 0(a2)
    li a1, 20000
    li a0, 1
    bne a3, a1, out
    li a1, 55
    li a0, 2
    bne t2, a1, out
    li a1, 10
    li a0, 3
    bne s1, a1, out
    li a0, 0
out: li a7, 93
    ecall
    .option norvc
next: addi s1, s1, 1
    .balign 8
counter: .quad 0
