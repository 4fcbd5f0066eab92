# Sets ENGINES, if it is not set: the options of `idem emu` that choose an engine, those which run a guest. Needs IDEM and T.
if [ -z "${ENGINES:-}" ]; then
    ENGINES=
    "$IDEM" cc -target rv64 -nostdlib -static tests/emu/input/three-instructions.S -o "$T/engine" 2>/dev/null
    for engine in --interp --jit; do
        "$IDEM" emu $engine "$T/engine" >/dev/null 2>&1
        [ $? != 42 ] || ENGINES="$ENGINES $engine"
    done
fi
