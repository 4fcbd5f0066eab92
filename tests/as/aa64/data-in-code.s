// Data among code: objdump tells it as data.
f: ldr x0,=0x1234567812345678
ldr w1,=7
b g
.byte 1,2,3
.hword 7
.balign 4
g: nop
.word 5
.byte 9
.balign 4
ret
.ltorg
nop
