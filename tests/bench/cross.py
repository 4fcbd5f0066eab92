#!/usr/bin/env python3
"""cross.py TARGET [PART...]: code for rv64 or aa64 against its gcc -O0 (rv64gc without relaxation on either side; armv8-a), and idem's
speed for it against x64.
  text      bytes of code in the objects of tests/run's programs that both compilers take, and of idem's own sources
  executed  guest instructions of the twelve kernels under qemu, counted by count.c: the same number every time, the C
            library's share included; answers are compared
  speed     CPU time of source to .o on the inputs of compile.py for the two targets, interleaved
Parts (all without any). KERNELS="sha sieve" takes some only; SCALE is the kernels' argument (8)."""
import glob, os, subprocess, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from common import *
import inputs

TARGETS = {
    "rv64": ("riscv64", ["-march=rv64gc", "-mabi=lp64d", "-mno-relax"], ["-Wl,--no-relax"]),
    "aa64": ("aarch64", ["-march=armv8-a", "-mno-outline-atomics"], []),
}
WCHAR = {"aa64": ["-D__WCHAR_TYPE__=int"]}  # of the headers that compile.py's inputs come with
if not sys.argv[1:] or sys.argv[1] not in TARGETS:
    sys.exit("usage: cross.py rv64|aa64 [text] [executed] [speed]")
TARGET = sys.argv[1]
MACHINE, OPTIONS, LINK = TARGETS[TARGET]
TRIPLE = MACHINE + "-linux-gnu"
QEMU = "qemu-" + MACHINE
GCC = [TRIPLE + "-gcc", "-w", "-O0", "-static"] + OPTIONS
CC = [idem(), "cc", "-w", "-target", TRIPLE]


def code_size(obj):
    """Bytes of an object's sections of code."""
    p = subprocess.run([TRIPLE + "-size", "-A", obj], stdout=subprocess.PIPE, check=True)
    return sum(int(f[1]) for f in (l.split() for l in p.stdout.decode().splitlines()) if len(f) == 3 and f[0].startswith(".text"))


def text_of(what, files, options):
    sums, taken = {"gcc": 0, "idem": 0}, 0
    for f in files:
        sizes = {}
        for name, cmd in (("gcc", GCC), ("idem", CC)):
            o = os.path.join(TMP, "a.o")
            p = subprocess.run(cmd + options + ["-c", f, "-o", o], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if p.returncode:
                break
            sizes[name] = code_size(o)
        if len(sizes) == 2:
            taken += 1
            for n in sums:
                sums[n] += sizes[n]
    print("%-12s %4d of %4d files  gcc -O0 %9d  idem %9d   %6.2f" % (what, taken, len(files), sums["gcc"], sums["idem"], sums["idem"] / sums["gcc"]), flush=True)


def text():
    text_of("tests/run", sorted(glob.glob(ROOT + "/tests/run/*.c")), [])
    own = sorted(f for p in ("rt/*.c", "src/*.c", "src/*/*.c", "arch/*.c", "arch/*/*.c") for f in glob.glob(os.path.join(ROOT, p)))
    text_of("idem itself", own, ["-std=c11", "-ffreestanding", "-nostdinc"] + ["-I" + os.path.join(ROOT, d) for d in ("rt/include", "src", ".", "arch/" + TARGET)])


def executed():
    folder = os.path.join(ROOT, "tests/bench/kernels")
    names = os.environ.get("KERNELS", "").split() or sorted(n[:-2] for n in os.listdir(folder) if n.endswith(".c"))
    plugin = os.path.join(TMP, "count.so")
    execute(["gcc", "-shared", "-fPIC", "-O1", "-o", plugin, os.path.join(ROOT, "tests/bench/count.c")])
    ratios = []
    print("%-12s %15s %15s %6s" % ("kernel", "gcc -O0", "idem", "ratio"))
    for name in names:
        counts, answers = {}, {}
        for c, cmd in (("gcc", GCC), ("idem", CC)):
            exe = os.path.join(TMP, name + "." + c)
            execute(cmd + [os.path.join(folder, name + ".c"), "-o", exe, "-lm"] + LINK)
            execute([QEMU, "-plugin", plugin, "-d", "plugin", "-D", exe + ".count", exe, os.environ.get("SCALE", "8")], out=exe + ".out")
            with open(exe + ".out") as out, open(exe + ".count") as count:
                answers[c], counts[c] = out.read(), int(count.read())
        if answers["gcc"] != answers["idem"]:
            sys.exit("%s: answers differ: %s" % (name, answers))
        ratios.append(counts["idem"] / counts["gcc"])
        print("%-12s %15d %15d %6.2f" % (name, counts["gcc"], counts["idem"], ratios[-1]), flush=True)
    print("%-12s %15s %15s %6.2f" % ("geomean", "", "", geomean(ratios)))


def speed():
    ratios = []
    print("%-12s %15s %15s %6s" % ("input", "x64 ms", TARGET + " ms", "ratio"))
    for name, path, options in inputs.make():
        o = os.path.join(TMP, name + ".o")
        base = options + ["-w", "-c", path, "-o", o]
        best = least({"x64": [idem(), "cc"] + base, TARGET: CC + WCHAR.get(TARGET, []) + base}, runs=2 * RUNS)
        ratios.append(best[TARGET] / best["x64"])
        print("%-12s %15.1f %15.1f %6.2f" % (name, best["x64"] * 1e3, best[TARGET] * 1e3, ratios[-1]), flush=True)
    print("%-12s %15s %15s %6.2f" % ("geomean", "", "", geomean(ratios)))


for p in (TRIPLE + "-gcc", TRIPLE + "-size", QEMU):
    if not have(p):
        sys.exit("no " + p)
for part in sys.argv[2:] or ["text", "executed", "speed"]:
    {"text": text, "executed": executed, "speed": speed}[part]()
done()
