# The IR that the C front end dumps is sound and prints as it was.
# run: for f in src/ir/fold.c src/ir/lex.c src/gen/switch.c src/base/buf.c; do
# run:   %idem cc -fdump-ir -Isrc -I. -Irt/include -c $f >%t/a; %idem ir %t/a | grep -v '^$' | cmp - %t/a; done
