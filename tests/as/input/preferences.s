# Encodings asked for by preference.
	{load} mov %eax, %ebx
	{store} movaps %xmm0, %xmm9
	{load} add %rcx, %rdx
	{disp8} mov (%rax), %ebx
	{disp32} mov 8(%rax), %ebx
	{disp32} lea (%rsp), %rbx
	{disp8} mov (%rbp), %ebx
1:	{disp32} jmp 1b
	{disp32} je 1b
	{disp32} jne 2f
	jne 2f
2:	{disp32} jmp g
	{disp32} jmp *8(%rax)
	.globl g
g:	{disp32} mov x(%rip), %eax
	{disp8} jmp 1b
