# run: for o in -o -I -D -x -include -MF -target; do ! %idem cc %S/input/alone.c -c $o || echo "$o is taken"; done
# err~: missing argument to '-o'
# err~: missing argument to '-I'
# err~: missing argument to '-include'
# err~: missing argument to '-target'
