# A library's path where there is one, the name itself where there is none; `include` is the folder of the compiler's own headers.
# run: %idem cc -print-file-name=libc.a | sed 's,.*/,,'
# run: %idem cc -print-file-name=no-such-file.o
# run: test -f "$(%idem cc -print-file-name=crt1.o)" && echo start file
# run: test -f "$(%idem cc -print-file-name=include)/stddef.h" && echo headers
# run: test -f "$(%idem cc -print-libgcc-file-name)" && echo runtime
# needs: musl-gcc
# out: libc.a
# out: no-such-file.o
# out: start file
# out: headers
# out: runtime
