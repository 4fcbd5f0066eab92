# exit: 139
# err: idem emu: guest: segmentation fault at pc 0x4000, address 0x4000
    .globl _start
_start:
    li a0, 0x4000
    jr a0
