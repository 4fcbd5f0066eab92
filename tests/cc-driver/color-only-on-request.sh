# run: echo 'int x = ;' >%t/a.c && ! %idem cc -c %t/a.c 2>%t/1; ! %idem cc -fdiagnostics-color=always -c %t/a.c 2>%t/2; ! %idem cc -fno-diagnostics-color -c %t/a.c 2>%t/3; for i in 1 2 3; do grep -c "$(printf '\033')" %t/$i || :; done | tr '\n' ' ' | sed 's, $,,; s/[1-9][0-9]*/n/g'
# out: 0 n 0
