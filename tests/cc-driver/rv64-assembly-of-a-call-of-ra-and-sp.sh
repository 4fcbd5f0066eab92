# A function called like a register is one, where only a symbol can stand.
# run: cd %t; printf 'int ra(void); extern int sp; int f(void) { return ra() + sp; }' >a.c; %idem cc -target rv64 -S a.c; %idem cc -target rv64 -c a.c -o c.o; grep call a.s; %idem as -target rv64 a.s -o s.o; for o in c s; do %idem objdump -dr $o.o | sed -n 's/.*R_RISCV_C/C/p'; done
# out: 	call	ra
# out: CALL_PLT	ra
# out: CALL_PLT	ra
