# run: %idem cc
# exit: 1
# err: idem cc: error: no input files
