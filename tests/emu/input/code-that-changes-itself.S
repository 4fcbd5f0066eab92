# A store takes effect at the next fetch, without fence.i: in the same block, in a loop that was run often (chained), over a page edge, and
# where code and data share a page. Each bit of the status tells a failure.
# exit: 0
    .globl _start
_start:
    la a0, page             # make it writable: mprotect
    li a1, 12288
    li a2, 7
    li a7, 226
    ecall
    mv s0, a0
    j page
    .section .changes, "awx", @progbits
    .balign 4096
page:
    // 1. the instruction right behind the store
    lw a1, addi1
    la a2, here
    sw a1, 0(a2)
    .balign 4
here: addi s0, s0, 1        # becomes the next
    // 2. a loop that changes its own step, ten times
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
    lui a3, 0x100           # the immediate's lowest bit is bit 20
    add a1, a1, a3
    la a2, step
    sw a1, 0(a2)
    bne t0, t1, loop
    li a1, 55               # 1 + 2 + ... + 10
    beq t2, a1, 1f
    ori s0, s0, 2
    // 3. a subroutine that is called, changed, called
1:  jal sub
    li a1, 5
    beq a0, a1, 1f
    ori s0, s0, 4
1:  lw a1, li6
    la a2, sub
    sw a1, 0(a2)
    jal sub
    li a1, 6
    beq a0, a1, 1f
    ori s0, s0, 8
    // 4. one byte only
1:  la a2, sub
    li a1, 0x70
    sb a1, 2(a2)            # li a0, 7
    jal sub
    li a1, 7
    beq a0, a1, 1f
    ori s0, s0, 16
    // 5. data beside code, very often: nothing is dropped for it
1:  li t0, 100000
    la a2, datum
1:  sd t0, 0(a2)
    addi t0, t0, -1
    bnez t0, 1b
    // 6. an instruction over a page edge, its second half
    jal edge
    li a1, 0x11
    beq a0, a1, 1f
    ori s0, s0, 32
1:  la a2, edge
    lhu a1, 2(a2)
    addi a1, a1, 0x10       # immediate + 1
    sh a1, 2(a2)
    jal edge
    li a1, 0x12
    beq a0, a1, 1f
    ori s0, s0, 64
    // 7. a double word whose upper half is the instruction behind it
1:  ld a1, pair
    la a2, two
    sd a1, 0(a2)
    .balign 8
two: addi s0, s0, 0x80
    addi s0, s0, 0x80
    mv a0, s0
    li a7, 94
    ecall
    .option push
    .option norvc
    .balign 8
pair:
    nop
    nop
addi1: addi s0, s0, 0
sub: li a0, 5
    ret
li6: li a0, 6
    .option pop
    .balign 8
datum: .8byte 0
    .balign 4096
    .zero 4094
edge:
    .option norvc
    li a0, 0x11
    ret
