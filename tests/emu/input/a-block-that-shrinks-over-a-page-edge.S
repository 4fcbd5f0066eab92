# A block over two pages whose code is long: where there is little memory for code it is made anew, of fewer instructions (two.c). A store
# to its second page is seen all the same, as long as its first instructions are run.
# exit: 0
    .globl _start
_start:
    la a0, page             # make it writable: mprotect
    li a1, 8192
    li a2, 7
    li a7, 226
    ecall
    la s1, cell
    li s2, 4
    li s3, 0
outer:
    li s4, 20
inner:
    jal block
    addi s4, s4, -1
    bnez s4, inner
    la a2, patch            # its immediate becomes one more
    lw a1, 0(a2)
    lui a3, 0x100
    add a1, a1, a3
    sw a1, 0(a2)
    addi s2, s2, -1
    bnez s2, outer
    li a1, 200              # 20 * (1 + 2 + 3 + 4)
    sub a0, s3, a1
    snez a0, a0
    li a7, 94
    ecall
    .section .changes, "awx", @progbits
    .balign 4096
page:
    .zero 4096 - 4 * 31
    .option norvc
block:
    .rept 31
    amomax.d a4, a5, (s1)
    .endr
    .rept 29
    amominu.d a4, a5, (s1)
    .endr
patch:
    addi s3, s3, 1
    ret
    .data
    .balign 8
cell: .8byte 0
