# run: %idem sha256 /dev/null >/dev/full
# exit: 1
# err: idem sha256: error: cannot write standard output: No space left on device
