#!/usr/bin/env python3
"""Generated code: user CPU time of the twelve kernels by idem against the better of gcc -O2 and gcc -O2 -fno-tree-vectorize, with
gcc -O0 and tcc beside it. All link the C library they have; the kernels spend their time in their own code.
Every ratio is printed, and the geometric means. KERNELS="sha sieve" takes some only; RUNS how often."""
import os, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from common import *

folder = os.path.join(ROOT, "tests/bench/kernels")
names = os.environ.get("KERNELS", "").split() or sorted(n[:-2] for n in os.listdir(folder) if n.endswith(".c"))
compilers = {"idem": [idem(), "cc", "-w", "-O1"], "gcc -O2": ["gcc", "-w", "-O2"], "gcc -O2 novec": ["gcc", "-w", "-O2", "-fno-tree-vectorize"],
             "gcc -O0": ["gcc", "-w", "-O0"], "tcc": ["tcc", "-w"]}
compilers = {k: v for k, v in compilers.items() if have(v[0])}
shown = [c for c in ("idem", "gcc -O0", "tcc") if c in compilers]
ratios = {c: [] for c in shown}
print("%-12s %8s %8s   %s" % ("kernel", "gcc s", "idem s", "  ".join("%8s" % c for c in shown)))
for name in names:
    commands, answers = {}, {}
    for c, cmd in compilers.items():
        exe = os.path.join(TMP, "%s.%s" % (name, c.replace(" ", "")))
        execute(cmd + [os.path.join(folder, name + ".c"), "-o", exe, "-lm"])
        execute([exe, "1"], out=exe + ".out")
        with open(exe + ".out") as f:
            answers[c] = f.read()
        commands[c] = [exe]
    if len(set(answers.values())) != 1:
        sys.exit("%s: answers differ: %s" % (name, answers))
    best = least(commands, which=1)
    ref = min(v for k, v in best.items() if k.startswith("gcc -O2"))
    for c in shown:
        ratios[c].append(best[c] / ref)
    print("%-12s %8.3f %8.3f   %s" % (name, ref, best["idem"], "  ".join("%8.2f" % (best[c] / ref) for c in shown)), flush=True)
print("%-12s %8s %8s   %s" % ("geomean", "", "", "  ".join("%8.2f" % geomean(ratios[c]) for c in shown)))
verdict("code against gcc -O2", geomean(ratios["idem"]), 2.8, 2.2)
done()
