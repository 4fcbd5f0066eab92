/* x86-64: memcpy memmove memset memcmp (C11 7.24). In assembly so that no compiler can turn them into calls of
 * themselves. Small blocks: two possibly overlapping moves from both ends, everything loaded before anything is stored.
 * Large ones: the string instructions. Integer registers only: what tcc's assembler knows. */

    .text

/* void *memcpy(void *dst, const void *src, size_t n); void *memmove(...): one body, right for every overlap. */
    .globl memcpy
    .type memcpy, @function
    .globl memmove
    .type memmove, @function
memcpy:
memmove:
    movq %rdi, %rax
    cmpq $16, %rdx
    jb .Lcpy_0_15
    cmpq $32, %rdx
    ja .Lcpy_big
    movq (%rsi), %rcx
    movq 8(%rsi), %r8
    movq -16(%rsi,%rdx), %r9
    movq -8(%rsi,%rdx), %r10
    movq %rcx, (%rdi)
    movq %r8, 8(%rdi)
    movq %r9, -16(%rdi,%rdx)
    movq %r10, -8(%rdi,%rdx)
    ret
.Lcpy_0_15:
    cmpq $8, %rdx
    jae .Lcpy_8_15
    cmpq $4, %rdx
    jae .Lcpy_4_7
    testq %rdx, %rdx
    je .Lcpy_done
    movq %rdx, %r11
    shrq $1, %r11
    movzbl (%rsi), %ecx
    movzbl (%rsi,%r11), %r8d
    movzbl -1(%rsi,%rdx), %r9d
    movb %cl, (%rdi)
    movb %r8b, (%rdi,%r11)
    movb %r9b, -1(%rdi,%rdx)
.Lcpy_done:
    ret
.Lcpy_8_15:
    movq (%rsi), %rcx
    movq -8(%rsi,%rdx), %r8
    movq %rcx, (%rdi)
    movq %r8, -8(%rdi,%rdx)
    ret
.Lcpy_4_7:
    movl (%rsi), %ecx
    movl -4(%rsi,%rdx), %r8d
    movl %ecx, (%rdi)
    movl %r8d, -4(%rdi,%rdx)
    ret
.Lcpy_big:
    movq %rdi, %rcx
    subq %rsi, %rcx
    cmpq %rdx, %rcx
    jb .Lcpy_down
    movq -16(%rsi,%rdx), %r10
    movq -8(%rsi,%rdx), %r11
    cmpq $768, %rdx
    jae .Lcpy_rep
.Lcpy_up:
    leaq -16(%rdi,%rdx), %rdx
.Lcpy_up_loop:
    movq (%rsi), %r8
    movq 8(%rsi), %r9
    addq $16, %rsi
    movq %r8, (%rdi)
    movq %r9, 8(%rdi)
    addq $16, %rdi
    cmpq %rdx, %rdi
    jb .Lcpy_up_loop
    movq %r10, (%rdx)
    movq %r11, 8(%rdx)
    ret
.Lcpy_rep:
    negq %rcx
    cmpq $64, %rcx
    jb .Lcpy_up
    movq %rdx, %rcx
    rep
    movsb
    ret
.Lcpy_down:
    movq (%rsi), %r10
    movq 8(%rsi), %r11
.Lcpy_down_loop:
    movq -16(%rsi,%rdx), %r8
    movq -8(%rsi,%rdx), %r9
    movq %r8, -16(%rdi,%rdx)
    movq %r9, -8(%rdi,%rdx)
    subq $16, %rdx
    cmpq $16, %rdx
    ja .Lcpy_down_loop
    movq %r10, (%rdi)
    movq %r11, 8(%rdi)
    ret
    .size memcpy, . - memcpy
    .size memmove, . - memmove

/* void *memset(void *dst, int byte, size_t n) */
    .globl memset
    .type memset, @function
memset:
    movq %rdi, %rax
    movzbl %sil, %ecx
    movq $0x0101010101010101, %rsi
    imulq %rsi, %rcx
    cmpq $16, %rdx
    jb .Lset_0_15
    cmpq $768, %rdx
    jae .Lset_rep
    leaq -16(%rdi,%rdx), %rdx
.Lset_loop:
    movq %rcx, (%rdi)
    movq %rcx, 8(%rdi)
    addq $16, %rdi
    cmpq %rdx, %rdi
    jb .Lset_loop
    movq %rcx, (%rdx)
    movq %rcx, 8(%rdx)
    ret
.Lset_0_15:
    cmpq $8, %rdx
    jae .Lset_8_15
    cmpq $4, %rdx
    jae .Lset_4_7
    testq %rdx, %rdx
    je .Lset_done
    movq %rdx, %r11
    shrq $1, %r11
    movb %cl, (%rdi)
    movb %cl, (%rdi,%r11)
    movb %cl, -1(%rdi,%rdx)
.Lset_done:
    ret
.Lset_8_15:
    movq %rcx, (%rdi)
    movq %rcx, -8(%rdi,%rdx)
    ret
.Lset_4_7:
    movl %ecx, (%rdi)
    movl %ecx, -4(%rdi,%rdx)
    ret
.Lset_rep:
    movq %rax, %r8
    movq %rcx, %rax
    movq %rdx, %rcx
    rep
    stosb
    movq %r8, %rax
    ret
    .size memset, . - memset

/* int memcmp(const void *a, const void *b, size_t n): eight bytes at a time, compared big-endian where they differ. */
    .globl memcmp
    .type memcmp, @function
memcmp:
    cmpq $8, %rdx
    jb .Lcmp_bytes
.Lcmp_loop:
    movq (%rdi), %rax
    movq (%rsi), %rcx
    cmpq %rcx, %rax
    jne .Lcmp_differ
    addq $8, %rdi
    addq $8, %rsi
    subq $8, %rdx
    cmpq $8, %rdx
    jae .Lcmp_loop
.Lcmp_bytes:
    testq %rdx, %rdx
    je .Lcmp_equal
    movzbl (%rdi), %eax
    movzbl (%rsi), %ecx
    subl %ecx, %eax
    jne .Lcmp_done
    incq %rdi
    incq %rsi
    decq %rdx
    jmp .Lcmp_bytes
.Lcmp_equal:
    xorl %eax, %eax
.Lcmp_done:
    ret
.Lcmp_differ:
    bswapq %rax
    bswapq %rcx
    cmpq %rcx, %rax
    sbbl %eax, %eax
    orl $1, %eax
    ret
    .size memcmp, . - memcmp

/* uint32_t rt_cas32(void *p, uint32_t old, uint32_t new): what stood at p, which becomes new when that was old; one access for other
 * processors too. rt_cas64 likewise. */
    .globl rt_cas32
    .type rt_cas32, @function
rt_cas32:
    movl %esi, %eax
    lock
    cmpxchgl %edx, (%rdi)
    ret
    .size rt_cas32, . - rt_cas32

    .globl rt_cas64
    .type rt_cas64, @function
rt_cas64:
    movq %rsi, %rax
    lock
    cmpxchgq %rdx, (%rdi)
    ret
    .size rt_cas64, . - rt_cas64

    .section .note.GNU-stack, "", @progbits
