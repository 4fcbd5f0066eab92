# An alias that makes its target weak, unless the target is named itself.
	.weakref wa, target_a
	.weakref wb, target_b
	call wa
	call wb
	lea wa(%rip), %rax
	mov wa@GOTPCREL(%rip), %rax
	call target_b
	.quad wa
