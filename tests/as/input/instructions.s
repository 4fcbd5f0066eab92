# Instructions of hand-written string, math, set-jump and system-call code.
.global expl
.type expl,@function
expl:
	fldt 8(%rsp)
	mov 16(%rsp), %ax
	add %ax, %ax
	cmp $0x2000, %ax
	jae 5f
1:	fldl2e
	fmul %st(1)
	fld %st
	frndint
	fxch %st(1)
	fsub %st(1)
	f2xm1
	fld1
	faddp
	fscale
	fstp %st(1)
	ret
5:	fstcw 0x1a(%rsp)
	mov 0x1a(%rsp),%ax
	fldcw 4(%rsp)
	fucomp %st(1)
	fnstsw %ax
	sahf
	fstsw %ax
	fxam
	fprem
	fyl2x
	fyl2xp1
	fpatan
	fsubrp %st,%st(1)
	fsubr %st,%st(2)
	fsub %st,%st(1)
	fdivp
	fmulp
	fsubp
	fdivr %st(2)
	fadd
	fildll (%rdi)
	fistpll -8(%rsp)
	fistpl -8(%rsp)
	fnstenv 4(%rax)
	fldenv (%rax)
	finit
	fclex
	fnclex
	stmxcsr -4(%rsp)
	ldmxcsr -4(%rsp)
	cmpsd $1, %xmm1, %xmm0
	cmpltsd %xmm1, %xmm2
	movq %xmm0, %rax
	movd %eax, %xmm1
	movsd %xmm0,-8(%rsp)
	fldl -8(%rsp)
	fstpl -8(%rsp)
	fucomip %st(1),%st
	fucomi %st(1)
	fcmovb %st(1), %st
	rep
	movsq
	rep movsb
	repne scasb
	rep stosq
	repe cmpsb
	lock cmpxchg %edx, (%rdi)
	lock ; xaddl %eax, (%rdi)
	lock xaddw %ax, (%rdi)
	xchg %rax, (%rdi)
	xchg (%rdi), %rbx
	test (%rdi), %rbx
	bswapl %eax
	bswap %r12
	imul $8, %rax
	imul $1000, %ecx, %edx
	movzx %al, %ecx
	movsx %ax, %rcx
	movslq %ecx, %rcx
	movzwl (%rdi), %eax
	cltd; cqto; cdqe; cwd
	callq *%rax
	call *8(%rax,%rcx,4)
	jmpq *(%rip)
	push $-1
	pushq $0x12345
	push %fs
	pop %gs
	mov %fs:0, %rax
	mov %gs:(%rax,%rbx), %ecx
	lea (,%rax,4), %rdx
	lea 0(%rip), %rax
	shl %eax
	shl $1, %rax
	sar $63, %rax
	shld $3, %rax, %rbx
	shrd %cl, %eax, %ebx
	sete %al
	setnz 3(%rax)
	cmovz %eax, %ebx
	cmovnael (%rax), %ebx
	jz 1b
	jnbe 5b
	movabs $0x123456789, %rax
	mov $0x80000000, %rax
	mov $-1, %rax
	mov $0xffffffff, %eax
	add $0xffffffff, %eax
	add $0xffff, %ax
	sub $-128, %rsp
	add $128, %rsp
	and $-16, %rsp
	cmp $0xff, %al
	mov $'a', %cl
	retq
	ret $8
	leaveq
	enter $16,$0
	int $0x80
	syscall
	rep ret
	repz retq
	ud2
	pause
	rep nop
	hlt
	cpuid
	nopw 0(%rax,%rax)
	nopl (%rax)
	data16 lea x@tlsgd(%rip), %rdi
	.value 0x6666
	rex64
	call __tls_get_addr@PLT
	prefetcht0 64(%rsi)
	movnti %rax, (%rdi)
	movntdq %xmm0, (%rdi)
	sfence
	pshufd $0, %xmm0, %xmm0
	punpcklbw %xmm0,%xmm0
	pmovmskb %xmm1, %edx
	bsf %edx, %eax
	movups (%rsi), %xmm1
	movhps 8(%rsi), %xmm1
	psrldq $8, %xmm1
	pxor %xmm3, %xmm3
	mov %rsp, 48(%rdi)
	jrcxz 1f
	loop 1f
1:	in (%dx), %al
	out %al, %dx
	inb $4, %al
	notrack jmp *%rax
	endbr64
	incb (%rax)
	negq 8(%rbp)
	mulq (%r12)
	div %r13
	movw $5, (%r13)
	btsq $5, (%rdi)
	bt %eax, %ebx
	cvtsi2sd %rax, %xmm0
	cvtsi2ssl (%rax), %xmm0
	cvttsd2si %xmm0, %rax
	cvtsd2si (%rax), %eax
	pextrw $1, %xmm0, %eax
	pinsrw $1, %eax, %xmm0
	movmskpd %xmm0, %eax
	fxsave (%rdi)
	fxsave64 (%rdi)
	xsavec (%rdi)
	rdtscp
	rdfsbase %rax
	cmpxchg16b (%rdi)
	mov %cr0, %rax
	mov %eax, %ds
	mov %ds, %ax
	.size expl,.-expl
	xorps %xmm15,%xmm8
	movaps %xmm0, -0x10(%rsp,%r12,2)
	call foo
	jmp foo+4
	jmp .+10
	call .-3
	jne .
	leaq foo-4(%rip), %rax
	lea foo@GOTPCREL(%rip), %rcx
	pushq foo@GOTPCREL(%rip)
	cmpq $0, foo@GOTPCREL(%rip)
bar0: foo2: mov $bar0-foo2+5, %eax
	mov bar0-foo2+16(%rsp), %eax
	nop
	nop
	movl $bar0-expl, 4(%rsp)
