# With the instructions of v8.0 and with all, but for the rounding mode that there is not.
# run: for f in %S/op-*.ir; do for m in armv8-a armv8.1-a; do sed 's/ rmm / /' $f >%t/x.ir; %idem ir --compile --junk -target aarch64-linux-gnu -march=$m -o %t/x.o %t/x.ir; %idem ir --compile -fpic -target aarch64-linux-gnu -march=$m -o %t/x.o %t/x.ir; done; done
