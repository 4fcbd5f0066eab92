# run: printf '        .globl a\na:      ret\n        .section .note.GNU-stack,"",@progbits\n' >%t/a.s && cd %t && %idem cc -c a.s && %idem nm a.o && %idem cc -E -P $OLDPWD/%S/input/three.S | head -1 && %idem cc -c -DX $OLDPWD/%S/input/three.S && %idem nm three.o
# out: 0000000000000000 T a
# out:         .text
# out: 0000000000000000 T three
