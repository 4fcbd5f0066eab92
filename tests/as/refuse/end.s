# What shows only when all addresses are known.
	jmp 9f				# error: no label with this number follows
	jrcxz far			# error: the target is too far away for 1 bytes
	.long a - undefined		# error: known to no relocation
	.long undefined * 2		# error: does not come to a symbol and a number
a:	.skip 200
far:	jmp .Lnowhere			# error: label '.Lnowhere' is not defined
	.byte far2 - a, far2 - far	# error: value 287 does not fit 1 bytes
	.skip 80
far2:
	.set loop1, loop2 + 1	# error: is defined by itself
	.set loop2, loop1 + 1	# error: is defined by itself
	.org a				# error: .org moves backwards
