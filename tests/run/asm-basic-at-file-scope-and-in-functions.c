// out: 7 6
#include <stdio.h>
__asm__(".text\n.globl from_asm\nfrom_asm: movl $7, %eax\n ret\n.data\nasm_data: .long 5, 6\n.globl asm_data\n.text\n");
int from_asm(void); extern int asm_data[2];
int main(void) { __asm__("nop"); asm volatile("nop\n\tnop"); __asm__ __volatile__(""); printf("%d %d\n", from_asm(), asm_data[1]); return 0; }
