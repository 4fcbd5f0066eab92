/* rv64: memcpy memmove memset memcmp (C11 7.24). In assembly so that no compiler can turn them into calls of themselves. Words
 * where both ends agree modulo 8, else bytes: misaligned accesses may trap to the kernel. */

    .text

    .globl memmove
    .type memmove, @function
memmove:
    sub t0, a0, a1
    bltu t0, a2, .Lbackward
    .globl memcpy
    .type memcpy, @function
memcpy:
    mv t0, a0
    xor t1, a0, a1
    andi t1, t1, 7
    bnez t1, .Lbytes
    li t1, 16
    bltu a2, t1, .Lbytes
.Lhead:
    andi t1, t0, 7
    beqz t1, .Lwords
    lbu t2, 0(a1)
    sb t2, 0(t0)
    addi t0, t0, 1
    addi a1, a1, 1
    addi a2, a2, -1
    j .Lhead
.Lwords:
    li t1, 8
.Lword:
    bltu a2, t1, .Lbytes
    ld t2, 0(a1)
    sd t2, 0(t0)
    addi t0, t0, 8
    addi a1, a1, 8
    addi a2, a2, -8
    j .Lword
.Lbytes:
    add a2, a2, t0
.Lbyte:
    beq t0, a2, .Lcopied
    lbu t2, 0(a1)
    sb t2, 0(t0)
    addi t0, t0, 1
    addi a1, a1, 1
    j .Lbyte
.Lcopied:
    ret
.Lbackward:
    add t0, a0, a2
    add a1, a1, a2
.Lback:
    beq t0, a0, .Lcopied
    addi t0, t0, -1
    addi a1, a1, -1
    lbu t2, 0(a1)
    sb t2, 0(t0)
    j .Lback
    .size memcpy, . - memcpy
    .size memmove, . - memmove

    .globl memset
    .type memset, @function
memset:
    mv t0, a0
    add a2, a2, a0
    andi a1, a1, 255
    slli t1, a1, 8
    or a1, a1, t1
    slli t1, a1, 16
    or a1, a1, t1
    slli t1, a1, 32
    or a1, a1, t1
.Lset_head:
    beq t0, a2, .Lset_done
    andi t1, t0, 7
    beqz t1, .Lset_words
    sb a1, 0(t0)
    addi t0, t0, 1
    j .Lset_head
.Lset_words:
    addi t2, a2, -7
.Lset_word:
    bgeu t0, t2, .Lset_tail
    sd a1, 0(t0)
    addi t0, t0, 8
    j .Lset_word
.Lset_tail:
    beq t0, a2, .Lset_done
    sb a1, 0(t0)
    addi t0, t0, 1
    j .Lset_tail
.Lset_done:
    ret
    .size memset, . - memset

    .globl memcmp
    .type memcmp, @function
memcmp:
    add a2, a2, a0
.Lcmp:
    beq a0, a2, .Lequal
    lbu t0, 0(a0)
    lbu t1, 0(a1)
    addi a0, a0, 1
    addi a1, a1, 1
    beq t0, t1, .Lcmp
    sub a0, t0, t1
    ret
.Lequal:
    li a0, 0
    ret
    .size memcmp, . - memcmp

/* uint32_t rt_cas32(void *p, uint32_t old, uint32_t new): what stood at p, which becomes new when that was old; one access for other
 * harts too. rt_cas64 likewise. */
    .option push
    .option arch, +a
    .globl rt_cas32
    .type rt_cas32, @function
rt_cas32:
    mv a4, a0
.Lcas32:
    lr.w.aqrl a0, (a4)
    bne a0, a1, .Lcas32_no
    sc.w.rl a5, a2, (a4)
    bnez a5, .Lcas32
.Lcas32_no:
    ret
    .size rt_cas32, . - rt_cas32

    .globl rt_cas64
    .type rt_cas64, @function
rt_cas64:
    mv a4, a0
.Lcas64:
    lr.d.aqrl a0, (a4)
    bne a0, a1, .Lcas64_no
    sc.d.rl a5, a2, (a4)
    bnez a5, .Lcas64
.Lcas64_no:
    ret
    .size rt_cas64, . - rt_cas64
    .option pop

    .section .note.GNU-stack, "", @progbits
