.globl s
.bss
.p2align 3
s: .zero 24
.local g
.comm g,8,8
.local h
.comm h,4,4
.bss
q: .zero 4