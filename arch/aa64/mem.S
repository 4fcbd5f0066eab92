/* aa64: memcpy memmove memset memcmp (C11 7.24). In assembly so that no compiler can turn them into calls of themselves. Misaligned
 * accesses of normal memory are what every ARMv8-A Linux allows, so 16 bytes go at a time, whatever the alignment. */

    .text

    .globl memmove
    .type memmove, %function
memmove:
    sub x3, x0, x1
    cmp x3, x2
    b.lo .Lbackward
    .globl memcpy
    .type memcpy, %function
memcpy:
    mov x3, x0
    subs x2, x2, #16
    b.lo .Lrest
.Lpairs:
    ldp x4, x5, [x1], #16
    stp x4, x5, [x3], #16
    subs x2, x2, #16
    b.hs .Lpairs
.Lrest:
    tbz x2, #3, .Lfour
    ldr x4, [x1], #8
    str x4, [x3], #8
.Lfour:
    tbz x2, #2, .Ltwo
    ldr w4, [x1], #4
    str w4, [x3], #4
.Ltwo:
    tbz x2, #1, .Lone
    ldrh w4, [x1], #2
    strh w4, [x3], #2
.Lone:
    tbz x2, #0, .Lcopied
    ldrb w4, [x1]
    strb w4, [x3]
.Lcopied:
    ret
.Lbackward:
    add x3, x0, x2
    add x1, x1, x2
    subs x2, x2, #16
    b.lo .Lback_rest
.Lback_pairs:
    ldp x4, x5, [x1, #-16]!
    stp x4, x5, [x3, #-16]!
    subs x2, x2, #16
    b.hs .Lback_pairs
.Lback_rest:
    tbz x2, #3, .Lback_four
    ldr x4, [x1, #-8]!
    str x4, [x3, #-8]!
.Lback_four:
    tbz x2, #2, .Lback_two
    ldr w4, [x1, #-4]!
    str w4, [x3, #-4]!
.Lback_two:
    tbz x2, #1, .Lback_one
    ldrh w4, [x1, #-2]!
    strh w4, [x3, #-2]!
.Lback_one:
    tbz x2, #0, .Lcopied
    ldrb w4, [x1, #-1]
    strb w4, [x3, #-1]
    ret
    .size memcpy, . - memcpy
    .size memmove, . - memmove

    .globl memset
    .type memset, %function
memset:
    mov x3, x0
    and w1, w1, #255
    orr w1, w1, w1, lsl #8
    orr w1, w1, w1, lsl #16
    orr x1, x1, x1, lsl #32
    subs x2, x2, #16
    b.lo .Lset_rest
.Lset_pairs:
    stp x1, x1, [x3], #16
    subs x2, x2, #16
    b.hs .Lset_pairs
.Lset_rest:
    tbz x2, #3, .Lset_four
    str x1, [x3], #8
.Lset_four:
    tbz x2, #2, .Lset_two
    str w1, [x3], #4
.Lset_two:
    tbz x2, #1, .Lset_one
    strh w1, [x3], #2
.Lset_one:
    tbz x2, #0, .Lset_done
    strb w1, [x3]
.Lset_done:
    ret
    .size memset, . - memset

    .globl memcmp
    .type memcmp, %function
memcmp:
    subs x2, x2, #8
    b.lo .Lcmp_rest
.Lcmp_words:
    ldr x3, [x0], #8
    ldr x4, [x1], #8
    cmp x3, x4
    b.ne .Lcmp_differ
    subs x2, x2, #8
    b.hs .Lcmp_words
.Lcmp_rest:
    adds x2, x2, #8
    b.eq .Lequal
.Lcmp_byte:
    ldrb w3, [x0], #1
    ldrb w4, [x1], #1
    subs w3, w3, w4
    b.ne .Lcmp_done
    subs x2, x2, #1
    b.ne .Lcmp_byte
.Lequal:
    mov w0, #0
    ret
.Lcmp_differ:
    rev x3, x3
    rev x4, x4
    cmp x3, x4
    mov w3, #1
    csneg w3, w3, w3, hi
.Lcmp_done:
    mov w0, w3
    ret
    .size memcmp, . - memcmp

/* uint32_t rt_cas32(void *p, uint32_t old, uint32_t new): what stood at p, which becomes new when that was old; one access for other
 * cores too. rt_cas64 likewise. */
    .globl rt_cas32
    .type rt_cas32, %function
rt_cas32:
    mov x4, x0
.Lcas32:
    ldaxr w0, [x4]
    cmp w0, w1
    b.ne .Lcas32_no
    stlxr w5, w2, [x4]
    cbnz w5, .Lcas32
.Lcas32_no:
    ret
    .size rt_cas32, . - rt_cas32

    .globl rt_cas64
    .type rt_cas64, %function
rt_cas64:
    mov x4, x0
.Lcas64:
    ldaxr x0, [x4]
    cmp x0, x1
    b.ne .Lcas64_no
    stlxr w5, x2, [x4]
    cbnz w5, .Lcas64
.Lcas64_no:
    ret
    .size rt_cas64, . - rt_cas64

    .section .note.GNU-stack, "", %progbits
