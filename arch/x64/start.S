/* x86-64: where a program starts and how it asks the kernel (System V ABI AMD64 3.4.1, A.2.1).
 * Only what tcc's assembler knows: no .cfi, no endbr64. */

    .text

/* _start: the kernel's stack holds argc, argv[], NULL, envp[], NULL, auxv; rt_start takes its address. */
    .globl _start
    .type _start, @function
_start:
    xorl %ebp, %ebp
    movq %rsp, %rdi
    andq $-16, %rsp
    call rt_start
    hlt
    .size _start, . - _start

/* long rt_syscall(long nr, long a, long b, long c, long d, long e, long f) */
    .globl rt_syscall
    .type rt_syscall, @function
rt_syscall:
    movq %rdi, %rax
    movq %rsi, %rdi
    movq %rdx, %rsi
    movq %rcx, %rdx
    movq %r8, %r10
    movq %r9, %r8
    movq 8(%rsp), %r9
    syscall
    ret
    .size rt_syscall, . - rt_syscall

/* long rt_vfork(long flags, void *stack, void (*child)(void *), void *arg): clone. The child runs child(arg), which does not return, on
 * its own stack. */
    .globl rt_vfork
    .type rt_vfork, @function
rt_vfork:
    movq %rdx, %r8
    movq %rcx, %r9
    xorl %edx, %edx
    xorl %r10d, %r10d
    movl $56, %eax
    syscall
    testq %rax, %rax
    je .Lchild
    ret
.Lchild:
    xorl %ebp, %ebp
    movq %r9, %rdi
    call *%r8
    hlt
    .size rt_vfork, . - rt_vfork

    .section .note.GNU-stack, "", @progbits
