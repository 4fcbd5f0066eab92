# exit: 139
# err: idem emu: guest: segmentation fault at pc 0xPC (reach+0x2), address 0x10
    .globl _start, reach
    .type reach, @function
_start:
    call reach
reach:
    c.li a0, 16
    ld a1, 0(a0)
    ret
    .size reach, . - reach
