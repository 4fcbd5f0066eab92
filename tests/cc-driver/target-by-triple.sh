# run: for t in x86_64-linux-musl x86_64-unknown-linux-musl x86_64-pc-linux-musl; do %idem cc -target $t -c %S/input/one.c -o %t/$t.o && %idem cc --target=$t -c %S/input/one.c -o %t/x.o && cmp %t/x.o %t/$t.o; done; ls %t
# out: x.o
# out: x86_64-linux-musl.o
# out: x86_64-pc-linux-musl.o
# out: x86_64-unknown-linux-musl.o
