# What GNU as would not take either, or what is not supported; a message a line.
	mov %eax, %rbx			# error: does not take these operands
	movl $1, %rax			# error: does not take these operands
	mov $1, (%rax)			# error: the size of the operation is not told
	foo %eax			# error: no instruction 'foo'
	vaddps %xmm0, %xmm1, %xmm2	# error: AVX is not supported
	mov %ymm0, %rax			# error: AVX is not supported
	movq %mm0, %rax			# error: MMX is not supported
	mov %r16, %rax			# error: no register '%r16'
	mov (%rax,%rsp,2), %eax		# error: rsp is no index register
	mov (%rax,%rbx,3), %eax		# error: scale is 1, 2, 4 or 8
	mov (%rip,%rbx), %eax		# error: rip takes no index
	mov %ah, %r8b			# error: these operands cannot be encoded together
	mov (%ax), %eax			# error: not a base register
	add $0x100000000, %rax		# error: does not take these operands
	mov 0x100000000(%rax), %eax	# error: displacement does not fit 32 bits
	lock addl %eax, %ebx		# error: lock stands before an instruction that changes memory
	mov $foo@BAR, %eax		# error: no relocation modifier 'BAR'
