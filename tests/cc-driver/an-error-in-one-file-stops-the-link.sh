# The other files are still compiled, and their errors told.
# run: cp %S/input/alone.c %t && cd %t && echo 'int x = y;' >bad.c && echo 'int z = w;' >worse.c && ! %idem cc bad.c alone.c worse.c -o a && ls
# out: alone.c
# out: bad.c
# out: worse.c
# err~: bad.c:1:9: error: 
# err~: worse.c:1:9: error: 
