#!/usr/bin/env python3
"""The stages' price: CPU seconds of building stage1 and stage2 against those the seed gcc -O2 takes for stage0. Builds into a folder of
its own. stage0's time is what `./build.sh stage0` takes; the two stages' is the whole of `./build.sh` less that."""
import os, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from common import *

env = dict(os.environ, CC="gcc -O2", JOBS="1")
env.pop("IDEM", None)
stage0, stages = [], []
for n in range(2):
    a, b = os.path.join(TMP, "a%d" % n), os.path.join(TMP, "b%d" % n)
    stage0.append(execute(["./build.sh", "stage0"], cwd=ROOT, env=dict(env, OUT=a))[0])
    stages.append(execute(["./build.sh"], cwd=ROOT, env=dict(env, OUT=b, STAGE0=os.path.join(a, "stage0/idem")))[0])
print("stage0 by gcc -O2: %.2f s CPU; stage1 + stage2 and the comparison: %.2f s CPU" % (min(stage0), min(stages)))
verdict("stage1 + stage2 against stage0", min(stages) / min(stage0), 0.1, 0.04)
done()
