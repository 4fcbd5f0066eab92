# run: for f in %S/op-*.ir %S/unit-*.ir; do %idem ir --compile -o %t/x.o $f; %idem ir --compile -fpic --junk -o %t/x.o $f; done
