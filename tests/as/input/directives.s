# Directives, symbols, macros.
	.file "c.c"
	.text
	.section .rodata.cst8,"aM",@progbits,8
.LC0: .long 0, 1072693248
	.section	.text.foo,"axG",@progbits,foo,comdat
	.weak foo
	.type foo, @function
foo: .cfi_startproc
	movq %rdi, %rax ; ret
	.cfi_endproc
	.size foo, .-foo
	.section .init_array,"aw"
	.quad foo
	.section	.data.rel.local,"aw"
	.align 8
p: .quad p, p+8, foo-8
	.bss
	.globl b1
	.align 32
	.type b1, @object
	.size b1, 40
b1: .zero 40
	.local loc
	.comm loc,16,16
	.comm com,24,8
	.lcomm lc, 12
	.section .tdata,"awT",@progbits
	.globl tv
tv: .long 5
	.section .tbss,"awT",@nobits
tb: .zero 8
	.text
	.globl main
main:
1:	jmp 1f
	jne 1b
	nop
1:	movq $tb@tpoff, %rax
	movq tv@gottpoff(%rip), %rax
	leaq loc(%rip), %rdi
	leaq com(%rip), %rsi
	leaq lc(%rip), %rsi
	leaq lc+4(%rip), %rsi
	movsd .LC0(%rip), %xmm0
	jmp *.Ltab(,%rax,8)
.Ltab: .quad 1b, main
	.long 1b-.Ltab, main-.
	.byte 1,2,'a,'\n', -1, 255
	.short 0x1234, -2
	.ascii "abc\0\n\x41\101", "def"
	.asciz "x"
	.string "a" 
	.fill 3, 2, 0x1234
	.skip 5, 0x90
	.space 2
	.balign 8
	.p2align 4,,10
	.octa 0x0123456789abcdef0011223344556677
	.uleb128 300, 1b-.Ltab
	.sleb128 -300
	.float 1.5, -0.1
	.double 3.14159265358979
	.tfloat 1.25
	.set eq, 4*3+(2<<4)|1
	.long eq, (eq>12), eq==33, ~eq, !eq, 7%4, -7/2
	.equ here, .
	.long here-main
	.org main+0x180
lab:	.quad lab
	.data; .previous; .previous
	.pushsection .rodata
	.string "hello # not ; comment"
	.popsection
	.long 7
	.text
.macro m a, b=5, c:vararg
	mov $\a, %eax
	add $\b, %ecx
	.ifnb \c
	.byte \c
	.endif
x\@:
.endm
	m 1
	m 2, 3
	m 4, 6, 7, 8
	m b=9, a=10
.rept 3
	nop
.endr
.irp r, rax, rbx, %rcx
	.ifc \r, rax
	push %\r
	.endif
.endr
.irpc c, 123
	.byte \c
.endr
.if 1 > 0
	.byte 1
.else
	.byte 2
.endif
.ifdef main
	.byte 3
.elseif 1
	.byte 4
.endif
.ifndef main
	foo bar
.endif
/* multi
line */ ret
	.weak wk
	call wk
	.hidden hid
	.globl hid
	call hid
	call hid@PLT
	jmp wk
	.set alias, main
	.globl alias
	call alias
	jmp alias
	lea alias(%rip), %rax
	.set la, lab
	lea la(%rip), %rax
	.quad la, alias
	.ident "idem test"
	.ident "second"
	novalue = 5
	.section .note.GNU-stack,"",@progbits
