.text
x:
li a0,0x100000000
li a0,0xffffffff
li a0,0x123456789abcdef0
li a0,0x800
li a0,0x12345678
li a0,-2048
nop
beq a0,a1,undef
beqz a0,undef
beqz a0,x
j undef
jal a0,undef
la a0,undef
lla a0,undef
call undef
call t0,undef
tail undef
call undef@plt
lw a0,undef
sw a0,undef,t1
fld fa0,undef,t1
la.tls.ie a0,undeft
la.tls.gd a0,undeft
lui a0,%hi(undef)
addi a0,a0,%lo(undef)
1: auipc a0,%pcrel_hi(undef+4)
ld a1,%pcrel_lo(1b)(a0)
lui a0,%tprel_hi(t)
add a0,a0,tp,%tprel_add(t)
lw a0,%tprel_lo(t)(a0)
.balign 8
jump undef,t0
sext.b a0,a1
zext.h a0,a1
zext.b a0,a1
zext.w a0,a1
neg a0,a0
not a0,a0
add a0,a1,5
sll a0,a1,5
csrw mstatus,5
csrrw a0,0x7c0,5
fence
fence r,w
fence.tso
lr.w.aq a0,(a1)
amoadd.d.aqrl a0,a1,(a2)
amoadd.d a0,a1,0(a2)
fadd.d fa0,fa1,fa2
fadd.d fa0,fa1,fa2,rtz
fcvt.w.d a0,fa0,rtz
fcvt.d.w fa0,a0
fmv.d fa0,fa1
fabs.s fa0,fa1
jr a0
jr 8(a0)
jalr a0
jalr ra,a0
jalr ra,8(a0)
jalr ra,a0,8
ret
ebreak
lui a0,%hi(0x12345678)
addi a0,a0,%lo(0x12345678)
addi a0,a0,0
addi a0,a1,0
addi sp,sp,-64
addi sp,sp,16
addi a0,sp,16
add a0,a1,a0
and s0,s1,s0
lw a0,0(sp)
ld a5,8(a4)
sd ra,8(sp)
fsd fs0,16(sp)
c.addi a0,1
c.lwsp a0,4(sp)
c.beqz a0,x
bnez a0,x
bgtz a0,x
ble a0,a1,x
b2: bne s0,zero,b2
j b2
rdcycle a0
frcsr a0
fsrm a0,a1
fsrmi 3
csrr a0,mhartid
csrs sstatus,a0
csrci 0x123,4
.data
.dword x-y
.word .-x
y:
.dword x
.word y-.
.align 3
.option push
.option norvc
nop
lw a0,0(a0)
.option pop
nop
.text
.globl g
g: sgt a0,a1,a2
sgtu a0,a1,a2
bleu a0,a1,g
bgtu a0,a1,g
negw a0,a1
sext.w a0,a1
sext.h a0,a1
seqz a0,a1
snez a0,a1
sltz a0,a1
sgtz a0,a1
move a0,a1
fgt.d a0,fa0,fa1
fge.s a0,fa0,fa1
fneg.d fa0,fa1
fmv.x.s a0,fa0
fmv.s.x fa0,a0
fscsr a0
fscsr a0,a1
frflags a0
fsflags a1
fsflagsi a0,3
rdtime a0
rdinstret a0
csrwi fcsr,1
csrrs a0,0xc00,zero
csrc mie,5
scall
sbreak
jal g
jal undef2
jalr 16(a0)
jalr a0,16
jalr a0,a1,16
jr a1,16
lb a0,g+4
ld a0,undef+8
sd a0,undef+8,t0
flw fa0,undef,t0
fsw fa0,undef,t0
lla a1,g
fld fa0,%lo(undef)(a0)
fsd fa0,%lo(undef)(a0)
sw a0,%lo(undef+8)(a1)
2: auipc a0,%got_pcrel_hi(undef)
ld a0,%pcrel_lo(2b)(a0)
3: auipc a1,%tls_ie_pcrel_hi(tv)
ld a1,%pcrel_lo(3b)(a1)
4: auipc a1,%tls_gd_pcrel_hi(tv)
addi a1,a1,%pcrel_lo(4b)
5: auipc a1,%pcrel_hi(undef)
sw a1,%pcrel_lo(5b)(a1)
lw a0,%lo(0x12345fff)(a0)
lui a0,%hi(0xfffff800)
addi a0,a0,'a'
addi a0,a0,(1<<4)+3
andi a0,a0,~7
lw a0,(a1)
lw a0,4+4(a1)
lw a0, -4 ( a1 )
sc.d.rl a0,a1,(a2)
lr.d a0,(a2)
amomaxu.w a0,a1,(a2)
fence.i
sfence.vma
sfence.vma a0
sfence.vma a0,a1
mret
wfi
.option pic
la a0,undef
.option nopic
la a0,undef
fmadd.d fa0,fa1,fa2,fa3
fmadd.s fa0,fa1,fa2,fa3,rup
fsqrt.d fa0,fa1
fcvt.lu.s a0,fa0,rtz
fcvt.s.d fa0,fa1
fcvt.d.s fa0,fa1
fcvt.s.w fa0,a0
c.nop
c.addi16sp sp,-64
c.addi4spn a0,sp,8
c.ebreak
c.jr a0
c.jalr a0
c.mv a0,a1
c.add a0,a1
c.sub a0,a1
c.lui a0,3
c.slli a0,3
c.j g
c.sdsp a0,8(sp)
.rodata_note:
.section .rodata
.word g-.
.dword g
.word 6f-7f
6: .half 3
7: .byte 1
.balign 4
.word g2
.set g2,5
