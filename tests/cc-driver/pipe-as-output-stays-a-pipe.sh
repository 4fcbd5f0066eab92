# run: mkfifo %t/p && { cat %t/p >%t/got & } && %idem cc -c %S/input/one.c -o %t/p && wait && %idem cc -c %S/input/one.c -o %t/want && cmp %t/got %t/want && test -p %t/p && echo pipe
# run: %idem cc -c %S/input/one.c -o /dev/stdout | cmp - %t/want && echo stdout
# out: pipe
# out: stdout
