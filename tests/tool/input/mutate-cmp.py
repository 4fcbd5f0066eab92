"""idem cmp on damaged objects: never a signal, never a hang. Usage: mutate-cmp.py IDEM OBJECT"""
import random, subprocess, sys
idem, name = sys.argv[1:]
good = open(name, "rb").read()
rng = random.Random(1)
for i in range(300):
    bad = bytearray(good)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(bad))
        at = rng.choice([at, rng.randrange(64), len(bad) - 1 - rng.randrange(min(len(bad), 800))])
        bad[at] = rng.choice([0, 1, 0x7f, 0x80, 0xff, rng.randrange(256)])
    if rng.random() < 0.2:
        bad = bad[:rng.randrange(len(bad))]
    open("bad.o", "wb").write(bad)
    for pair in ([name, "bad.o"], ["bad.o", name]):
        r = subprocess.run([idem, "cmp"] + pair, capture_output=True, timeout=10)
        if r.returncode not in (0, 1):
            sys.exit("round %d: exit %d: %r" % (i, r.returncode, r.stderr))
