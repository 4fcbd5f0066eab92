# run: %idem nonsense
# exit: 2
# err: idem: error: no command 'nonsense'; see 'idem --help'
