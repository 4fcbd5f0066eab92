/* guest.S: runs the programs of a file (LINKED: the one it is linked with) one after the other, each from its record's registers and
 * data, and writes eight bytes for each: a hash of what it left and of every trap. With a further argument, what was hashed too.
 *
 * guest FILE: at BLOB in memory: count, start and size of code that stays, start and size of code that may change, 0, 0, 0; then the
 * records' addresses. A record, 1600 bytes: 0 the program's address; 8 x1 ... x31; 256 f0 ... f31; 512 fcsr; 576 the 1024 bytes of data.
 * A program is entered by jalr x0, 0(x5): some register of its own, not x5 or x6, holds the record's address and it loads x5 by that. To
 * end, it stores x5 and x6 at SAVE + 40 and 48 and jumps to where SAVE + 536 says.
 *
 * Memory: DATA is two pages, writable, the data in the middle; nothing before, nothing behind up to READONLY, a page to read. A trap's
 * handler hashes registers and the address, then steps over the instruction; out of the code it goes on at ra. 64 traps end a program. */
#define BLOB 0x40000000
#define DATA 0x50000000
#define MIDDLE 0x50001000
#define WINDOW 0x50000e00       /* hashed: 1024 bytes from here, and the last 64 before the end */
#define LAST 0x50001fc0
#define READONLY 0x50003000
#define SAVE 0x50010000         /* registers as a record has them; 520 hash and 528 number of traps; 536 the end's address */
#define CODE_LO 544             /* code between these: a trap steps over the instruction */
#define CODE_HI 552
#define STATE 560               /* of the loop: record list, what is left, verbose, stack */
    .option norelax
    .macro call number
    li a7, \number
    ecall
    .endm
    .macro map address, size, prot
    li a0, \address
    li a1, \size
    li a2, \prot
    li a3, 0x32             # private, fixed, anonymous
    li a4, -1
    li a5, 0
    call 222
    bltz a0, failed
    .endm
    /* s1 = s1 * s2 + register */
    .macro mix register
    mul s1, s1, s2
    add s1, s1, \register
    .endm
    .text
    .globl _start
_start:
    ld s0, 16(sp)           # argv[1]
    ld s3, 0(sp)
    addi s3, s3, -2
    map DATA, 0x2000, 3
    map READONLY, 0x1000, 1
    map SAVE, 0x1000, 3
    li s4, SAVE
    sd sp, STATE + 24(s4)
    la t0, end
    sd t0, 536(s4)
    la s5, actions          # SIGILL, SIGTRAP, SIGBUS, SIGSEGV
1:  lw a0, 0(s5)
    beqz a0, 2f
    la a1, action
    la t0, handler
    sd t0, 0(a1)
    li a2, 0
    li a3, 8
    call 134
    addi s5, s5, 4
    j 1b
2:  la a0, stack            # the signals' own
    la t0, signal_stack
    sd t0, 0(a0)
    li a1, 0
    call 132
    la a0, ends             # a pipe is 100 and 101, zeros are 102
    li a1, 0
    call 59
    la s5, ends
    lw a0, 0(s5)
    li a1, 100
    li a2, 0
    call 24
    lw a0, 4(s5)
    li a1, 101
    li a2, 0
    call 24
    li a0, -100
    la a1, zeros
    li a2, 0
    call 56
    li a1, 102
    li a2, 0
    call 24
#ifdef LINKED
    la t0, __executable_start
    sd t0, CODE_LO(s4)
    li t0, BLOB
    sd t0, CODE_HI(s4)
    addi s3, s3, 1
    la s5, list
    li s6, 1
#else
    map BLOB, 0x1100000, 3
    li a0, -100
    mv a1, s0
    li a2, 0
    call 56
    bltz a0, failed
    mv s7, a0
    li s5, BLOB
3:  mv a0, s7
    mv a1, s5
    li a2, 0x100000
    call 63
    bltz a0, failed
    add s5, s5, a0
    bnez a0, 3b
    mv a0, s7
    call 57
    li s5, BLOB
    sd s5, CODE_LO(s4)
    li t0, BLOB + 0x1000000
    sd t0, CODE_HI(s4)
    ld a0, 8(s5)
    ld a1, 16(s5)
    li a2, 5
    call 226
    ld a0, 24(s5)
    ld a1, 32(s5)
    li a2, 7
    call 226
    ld s6, 0(s5)
    addi s5, s5, 64
#endif
    sd s3, STATE + 16(s4)
next:                       # s4 SAVE, s5 the list, s6 what is left
    beqz s6, done
    ld s0, 0(s5)
    addi s5, s5, 8
    addi s6, s6, -1
    sd s5, STATE(s4)
    sd s6, STATE + 8(s4)
    sd zero, 40(s4)
    sd zero, 48(s4)
    sd zero, 520(s4)
    sd zero, 528(s4)
    li t0, WINDOW
    addi t1, s0, 576
    addi t2, t0, 1024
1:  ld t3, 0(t1)
    ld t4, 8(t1)
    sd t3, 0(t0)
    sd t4, 8(t0)
    addi t0, t0, 16
    addi t1, t1, 16
    bne t0, t2, 1b
    li t0, LAST
    addi t1, s0, 576
    addi t2, t0, 64
1:  ld t3, 0(t1)
    sd t3, 0(t0)
    addi t0, t0, 8
    addi t1, t1, 8
    bne t0, t2, 1b
    ld t0, 512(s0)
    fscsr t0
    mv x5, s0
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
    fld f\n, 256 + 8 * \n(x5)
    .endr
    .irp n, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
    ld x\n, 8 * \n(x5)
    .endr
    ld x5, 0(x5)
    jr x5
end:
    li x6, SAVE
    .irp n, 1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
    sd x\n, 8 * \n(x6)
    .endr
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
    fsd f\n, 256 + 8 * \n(x6)
    .endr
    mv s4, x6
    frcsr t0
    sd t0, 512(s4)
    ld sp, STATE + 24(s4)
    li s2, 0x9e3779b97f4a7c15
    li s1, 0
    mv t0, s4
    addi t1, s4, 536
    jal hash
    li t0, WINDOW
    addi t1, t0, 1024
    jal hash
    li t0, LAST
    addi t1, t0, 64
    jal hash
    addi sp, sp, -16
    sd s1, 0(sp)
    mv a1, sp
    li a2, 8
    jal put
    addi sp, sp, 16
    ld t0, STATE + 16(s4)
    blez t0, 1f
    mv a1, s4
    li a2, 536
    jal put
    li a1, WINDOW
    li a2, 1024
    jal put
    li a1, LAST
    li a2, 64
    jal put
1:  ld s5, STATE(s4)
    ld s6, STATE + 8(s4)
    j next
done:
    li a0, 0
    call 94
failed:
    li a0, 9
    call 94
put:
    li a0, 1
    call 64
    bne a0, a2, failed
    ret
hash:                       # of words from t0 to t1
    ld t2, 0(t0)
    mix t2
    addi t0, t0, 8
    bne t0, t1, hash
    ret

handler:
    li s4, SAVE
    ld s1, 520(s4)
    li s2, 0x9e3779b97f4a7c15
    ld s3, 528(s4)
    addi s3, s3, 1
    sd s3, 528(s4)
    mix a0
    li t0, 11
    bne a0, t0, 1f
    lw t0, 8(a1)            # si_code, si_addr
    ld t1, 16(a1)
    beqz t1, 1f             # a host with other addresses may tell 0, or another code
    srli t2, t1, 38
    bnez t2, 1f
    mix t0
    mix t1
1:  ld s5, 176(a2)          # pc
    addi t0, a2, 176
    addi t1, t0, 512
    mv s6, ra
    jal hash
    mv ra, s6
    lw t0, 688(a2)          # fcsr
    mix t0
    sd s1, 520(s4)
    li t0, 64
    bgeu s3, t0, 4f
    ld t0, CODE_LO(s4)
    ld t1, CODE_HI(s4)
    bltu s5, t0, 3f
    bgeu s5, t1, 3f
    lhu t2, 0(s5)
    andi t2, t2, 3
    addi s5, s5, 2
    addi t2, t2, -3
    bnez t2, 2f
    addi s5, s5, 2
2:  sd s5, 176(a2)
    ret
3:  ld s5, 184(a2)          # ra
    bltu s5, t0, 4f
    bltu s5, t1, 2b
4:  ld s5, 536(s4)
    j 2b

    .section .rodata
    .balign 8
actions: .word 4, 5, 7, 11, 0
zeros: .asciz "/dev/zero"
    .data
    .balign 8
action: .quad 0, 0x48000004, 0 # SA_SIGINFO, SA_ONSTACK, SA_NODEFER
stack: .quad 0, 0, 16384
ends: .word 0, 0
#ifdef LINKED
list: .quad program
#endif
    .bss
    .balign 16
signal_stack: .zero 16384
    .section .note.GNU-stack,"",@progbits
