# run: printf 'A\n#ifdef __idem__\nyes\n#endif\n' >%t/p.c && %idem cc -E -P -DA=b %t/p.c && %idem cc -E -P -DA %t/p.c -o %t/p.i && cat %t/p.i
# run: %idem cc -E %t/p.c | grep -c '^# 1 '
# out~: b
# out~: yes
