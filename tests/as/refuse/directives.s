# Directives that are wrong or not supported.
	.intel_syntax noprefix		# error: .intel_syntax is not supported
	.subsection 1			# error: .subsection is not supported
	.nonsense			# error: unknown directive '.nonsense'
	.align 3			# error: alignment is no power of two
	.byte 1 2			# error: unexpected text behind the statement
	.quad 1/0			# error: division by zero
	.ascii "abc			# error: unfinished string
	.popsection			# error: .popsection without .pushsection
	.endif				# error: .endif without .if
	.else				# error: .else without .if
	.endm				# error: .endm without its beginning
a:
a:					# error: symbol 'a' is already defined
	.long undefined_at_once * 2 +	# error: expected an expression
	.skip -1			# error: count out of range
	.fill 1, 9			# error: size of .fill is 0 to 8
	jmp 7b				# error: no label '7:' stands before
	.section .x, "q"		# error: unknown section flag 'q'
	.type a, @nothing		# error: unknown symbol type 'nothing'
