# run: %idem cmp /nowhere /dev/null
# exit: 2
# err: idem cmp: error: cannot read '/nowhere': No such file or directory
