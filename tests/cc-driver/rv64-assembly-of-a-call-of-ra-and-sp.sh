# A function called like a register is one, where only a symbol can stand.
# run: cd %t; printf 'int ra(void); extern int sp; int f(void) { return ra() + sp; }' >a.c; %idem cc -target rv64 -S a.c; %idem cc -target rv64 -c a.c -o c.o; grep call a.s; %idem as -target rv64 a.s -o s.o; for o in c s; do %idem objdump -dr $o.o | sed -n 's/.*R_RISCV_[CG]/C/p; s/.*\(auipc\|jalr\)/\1/p'; done
# out: 	call	ra
# out: auipc	ra,0x0
# out: CALL_PLT	ra
# out: jalr	ra # 4 <f+0x4>
# out: auipc	t4,0x0
# out: auipc	ra,0x0
# out: CALL_PLT	ra
# out: jalr	ra # 4 <f+0x4>
# out: auipc	t4,0x0
