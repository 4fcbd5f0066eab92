/* rv64: where a program starts and how it asks the kernel (RISC-V psABI; the kernel takes a7 and a0 to a5). */

    .text

/* _start: the kernel's stack holds argc, argv[], NULL, envp[], NULL, auxv; rt_start takes its address. */
    .globl _start
    .type _start, @function
_start:
    li s0, 0
    mv a0, sp
    andi sp, sp, -16
    call rt_start
    ebreak
    .size _start, . - _start

/* long rt_syscall(long nr, long a, long b, long c, long d, long e, long f) */
    .globl rt_syscall
    .type rt_syscall, @function
rt_syscall:
    mv a7, a0
    mv a0, a1
    mv a1, a2
    mv a2, a3
    mv a3, a4
    mv a4, a5
    mv a5, a6
    ecall
    ret
    .size rt_syscall, . - rt_syscall

/* long rt_vfork(long flags, void *stack, void (*child)(void *), void *arg): clone. The child runs child(arg), which does not return, on
 * its own stack. */
    .globl rt_vfork
    .type rt_vfork, @function
rt_vfork:
    mv a5, a2
    mv a6, a3
    li a2, 0
    li a3, 0
    li a4, 0
    li a7, 220
    ecall
    beqz a0, .Lchild
    ret
.Lchild:
    mv a0, a6
    jalr a5
    ebreak
    .size rt_vfork, . - rt_vfork

    .section .note.GNU-stack, "", @progbits
