#!/usr/bin/env python3
"""Compile speed: CPU seconds from source to .o on three large inputs (inputs.py) against tcc, by stage0 (built by gcc -O2) and stage2."""
import os, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from common import *
import inputs

stages = {"stage0": find("stage0"), "stage2": find("stage2")}
if os.environ.get("IDEM") or not any(stages.values()):
    stages = {"idem": idem()}
stages = {k: v for k, v in stages.items() if v}
worst, all_ratios = {}, {k: [] for k in stages}
print("%-8s %8s %9s   %s" % ("input", "lines", "tcc s", "  ".join("%8s s  ratio" % s for s in stages)))
for name, path, options in inputs.make():
    o = os.path.join(TMP, name + ".o")
    best = least(dict({"tcc": ["tcc"] + options + ["-c", path, "-o", o]}, **{s: [p, "cc"] + options + ["-c", path, "-o", o] for s, p in stages.items()}), runs=2 * RUNS)
    for s in stages:
        all_ratios[s].append(best[s] / best["tcc"])
    print("%-8s %8d %9.4f   %s" % (name, inputs.lines(list(stages.values())[0], name, path, options), best["tcc"],
                                   "  ".join("%8.4f   %6.2f" % (best[s], best[s] / best["tcc"]) for s in stages)), flush=True)
for s in stages:
    verdict("compile against tcc, %s, geomean" % s, geomean(all_ratios[s]), 3.0, 1.0)
    verdict("compile against tcc, %s, worst" % s, max(all_ratios[s]), 3.0, 1.0)
done()
