# run: %idem sha256 /
# exit: 1
# err: idem sha256: error: cannot read '/': Is a directory
