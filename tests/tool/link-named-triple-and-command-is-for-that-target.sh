# run: cd %t; for l in riscv64-linux-gnu-as x86_64-linux-gnu-as riscv64-linux-gnu-objdump riscv64-linux-gnu-cc vax-as; do ln -s %idem $l; done; echo nop >a.s; echo 'int x;' >a.c; ./riscv64-linux-gnu-as a.s -o r.o; ./x86_64-linux-gnu-as a.s -o x.o; ./riscv64-linux-gnu-cc -c a.c -o c.o; for o in r x c; do ./riscv64-linux-gnu-objdump -h $o.o | sed -n 2p; done; ./vax-as a.s
# exit: 2
# out: r.o:     file format elf64-littleriscv
# out: x.o:     file format elf64-x86-64
# out: c.o:     file format elf64-littleriscv
# err: idem: error: no command 'a.s'; see 'idem --help'
