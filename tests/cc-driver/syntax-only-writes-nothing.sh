# run: cp %S/input/alone.c %t && cd %t && %idem cc -fsyntax-only alone.c && ls && echo 'int x = ;' >bad.c && ! %idem cc -fsyntax-only bad.c 2>/dev/null
# out: alone.c
