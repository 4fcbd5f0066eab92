# run: %idem cc -dumpmachine
# run: %idem cc -dumpversion | grep -c '^[0-9][0-9.]*$'
# run: %idem cc --version | sed 1q | grep -c '^idem cc [0-9]'
# run: %idem cc -print-multiarch
# run: %idem cc -print-prog-name=ld
# run: %idem cc -print-search-dirs | sed 's/:.*//'
# out: x86_64-linux-musl
# out: 1
# out: 1
# out: x86_64-linux-musl
# out: ld
# out: install
# out: programs
# out: libraries
