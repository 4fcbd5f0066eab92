# run: ! %idem cc -std=c77 -c %S/input/alone.c
# run: ! %idem cc -x pascal %S/input/alone.c
# run: ! %idem cc -target vax-unknown-vms -c %S/input/alone.c
# err~: c77
# err~: language pascal not recognized
# err~: vax-unknown-vms
