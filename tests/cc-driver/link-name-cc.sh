# A link named cc is the compiler.
# run: ln -s %idem %t/cc && %t/cc --version | cut -d' ' -f1,2 && ln -s %idem %t/idem-cc && %t/idem-cc -c %S/input/one.c -o %t/o.o && ls %t
# out: idem cc
# out: cc
# out: idem-cc
# out: o.o
