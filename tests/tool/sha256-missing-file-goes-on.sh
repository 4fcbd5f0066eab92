# run: %idem sha256 /nowhere /dev/null
# exit: 1
# out: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  /dev/null
# err: idem sha256: error: cannot read '/nowhere': No such file or directory
