"""Makes a program smaller that two engines run differently: shrink.py FOLDER SEED ENGINE ENGINE [ROW=ROW]

FOLDER has gen and guest of suite.sh; an engine is a command. With ROW=ROW the second runs what `gen -b` makes. Out: the line for
`gen batch` and `gen list`: SEED and the tokens that leave the rest out."""
import os
import subprocess
import sys

folder, seed, engines = sys.argv[1], sys.argv[2], [e.split() for e in sys.argv[3:5]]
broken = ["-b", sys.argv[5]] if len(sys.argv) > 5 else []
gen, guest, batch = (os.path.join(folder, n) for n in ("gen", "guest", "shrink.batch"))


def line(tokens):
    return " ".join([seed] + tokens)


def run(engine, programs, options):
    text = "".join(line(p) + "\n" for p in programs)
    if subprocess.run([gen] + options + ["batch", batch], input=text.encode(), stderr=subprocess.DEVNULL).returncode:
        return None
    try:
        done = subprocess.run(engine + [guest, batch], capture_output=True, timeout=10)
    except subprocess.TimeoutExpired:
        return b"late"
    return done.stdout if done.returncode == 0 else b"%d" % done.returncode


def differ(programs):
    """For each program whether it differs; all in one batch, halves of it when that does not end well."""
    a, b = run(engines[0], programs, []), run(engines[1], programs, broken)
    if a is None or b is None:
        return [False] * len(programs)
    if len(programs) == 1:
        return [a != b]
    if len(a) != 8 * len(programs) or len(b) != len(a):
        half = len(programs) // 2
        return differ(programs[:half]) + differ(programs[half:])
    return [a[k:k + 8] != b[k:k + 8] for k in range(0, len(a), 8)]


def units(tokens):
    out = subprocess.run([gen, "units", seed] + tokens, capture_output=True, check=True).stdout.decode().split()
    return [u for u in out if u not in tokens]


def shrink():
    tokens = []
    if not differ([tokens])[0]:
        sys.exit("seed %s alone does not differ" % seed)
    chunk = max(1, len(units(tokens)) // 2)
    while True:
        left = units(tokens)
        parts = [left[k:k + chunk] for k in range(0, len(left), chunk)]
        good = [p for p, d in zip(parts, differ([tokens + p for p in parts])) if d]
        if good:
            together = tokens + sum(good, [])
            if differ([together])[0]:
                tokens = together
            else:
                tokens = tokens + good[0]
        elif chunk == 1:
            return tokens
        else:
            chunk //= 2


print(line(shrink()))
