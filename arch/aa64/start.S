/* aa64: where a program starts and how it asks the kernel (AAPCS64; the kernel takes x8 and x0 to x5). */

    .text

/* _start: the kernel's stack holds argc, argv[], NULL, envp[], NULL, auxv; rt_start takes its address. */
    .globl _start
    .type _start, %function
_start:
    mov x29, #0
    mov x30, #0
    mov x0, sp
    and sp, x0, #-16
    bl rt_start
    brk #1
    .size _start, . - _start

/* long rt_syscall(long nr, long a, long b, long c, long d, long e, long f) */
    .globl rt_syscall
    .type rt_syscall, %function
rt_syscall:
    mov x8, x0
    mov x0, x1
    mov x1, x2
    mov x2, x3
    mov x3, x4
    mov x4, x5
    mov x5, x6
    svc #0
    ret
    .size rt_syscall, . - rt_syscall

/* long rt_vfork(long flags, void *stack, void (*child)(void *), void *arg): clone. The child runs child(arg), which does not return, on
 * its own stack. */
    .globl rt_vfork
    .type rt_vfork, %function
rt_vfork:
    mov x5, x2
    mov x6, x3
    mov x2, #0
    mov x3, #0
    mov x4, #0
    mov x8, #220
    svc #0
    cbz x0, .Lchild
    ret
.Lchild:
    mov x0, x6
    blr x5
    brk #1
    .size rt_vfork, . - rt_vfork

    .section .note.GNU-stack, "", %progbits
