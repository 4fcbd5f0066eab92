# exit: 132
# err: idem emu: guest: illegal instruction at pc 0xPC (_start+0x2)
    .globl _start
_start:
    add a0, a0, a1
    .4byte 0xffffffff
