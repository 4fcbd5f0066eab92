# exit: 133
# err: idem emu: guest: breakpoint at pc 0xPC (_start+0x0)
    .globl _start
_start:
    ebreak
