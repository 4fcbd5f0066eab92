# Text is not writable.
# exit: 139
    .globl _start
_start:
    la a0, _start
    sw zero, 0(a0)
