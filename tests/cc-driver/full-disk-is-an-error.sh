# run: ! %idem cc -c %S/input/alone.c -o /dev/full
# run: ! %idem cc -E %S/input/alone.c >/dev/full
# run: ! %idem cc -dumpmachine >/dev/full
# err~: No space left on device
