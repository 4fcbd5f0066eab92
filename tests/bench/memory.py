#!/usr/bin/env python3
"""Peak memory (resident) of compiling each large input to .o, against tcc; the figure is that of the largest."""
import os, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from common import *
import inputs

cc = idem()
peak = os.path.join(TMP, "peak")
execute(["gcc", "-O2", "-static", os.path.join(ROOT, "tests/bench/peak.c"), "-o", peak])


def kib(cmd):
    """The least peak of three runs."""
    seen = []
    for _ in range(3):
        execute([peak, TMP + "/peak.txt"] + cmd)
        with open(TMP + "/peak.txt") as f:
            seen.append(int(f.read()))
    return min(seen)


rows = []
print("%-8s %8s %10s %10s   ratio" % ("input", "lines", "tcc KiB", "idem KiB"))
for name, path, options in inputs.make():
    o = os.path.join(TMP, name + ".o")
    best = {"tcc": kib(["tcc"] + options + ["-c", path, "-o", o]), "idem": kib([cc, "cc"] + options + ["-c", path, "-o", o])}
    rows.append((inputs.lines(cc, name, path, options), best["idem"] / best["tcc"]))
    print("%-8s %8d %10d %10d   %.2f" % (name, rows[-1][0], best["tcc"], best["idem"], rows[-1][1]))
verdict("memory for the largest against tcc", max(rows)[1], 3.0, 1.2)
done()
