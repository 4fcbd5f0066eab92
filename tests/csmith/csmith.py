#!/usr/bin/env python3
"""Random programs of csmith: idem's checksum against gcc's.

csmith.py --idem IDEM --dir FOLDER [--seeds N] [--seed FIRST] [--jobs N] [--budget SECONDS] [--target TRIPLE --emu EMULATOR]

Each seed's program is compiled by gcc -O0 and -O2 and by idem -O0 and -O1. A program that gcc's build does not finish within 5
seconds, or on which gcc's two levels disagree, is passed over. idem's objects at both levels are the same bytes (levels above -O0
compile as -O0) or, once they differ, both run; with --target for that target, in the emulator, against the host's gcc all the same:
sizes and layouts are alike, and plain char is made alike. Options leave out what idem refuses. Prints "ok seed N" or "not ok seed N:
why", and what was passed over; a failing program stays in FOLDER and reduce.py makes it small:
    reduce.py FOLDER/N.c -- sh -c 'idem cc ... && ...'
"""
import argparse, hashlib, os, subprocess, sys, time
from concurrent.futures import ThreadPoolExecutor

SHAPE = ["--no-packed-struct --max-funcs 4 --max-block-size 3 --max-block-depth 3 --max-expr-complexity 6",
         "--max-funcs 5 --max-block-depth 4 --max-expr-complexity 8 --max-struct-fields 12 --max-union-fields 6",
         "--max-funcs 3 --max-expr-complexity 16 --max-block-depth 2 --no-volatiles",
         "--max-funcs 6 --no-jumps --inline-function --max-array-dim 4 --max-pointer-depth 4",
         "--max-funcs 4 --builtins --disable-builtin-kinds generic,x86 --max-block-depth 3",
         "--max-funcs 5 --float --max-block-depth 3 --max-expr-complexity 8"]
INCLUDE = next((d for d in ("/usr/include/csmith", "/usr/include/csmith-2.3.0", "/usr/local/include/csmith") if os.path.isdir(d)), None)


def run(cmd, timeout, **kw):
    try:
        p = subprocess.run(cmd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout, **kw)
        return p.returncode, p.stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        return "timeout", ""


def char_option(o):
    """What gives gcc the plain char of idem's target."""
    _, macros = run(o.cc + ["-E", "-dM", "-x", "c", os.devnull], 20)
    return "-funsigned-char" if "__CHAR_UNSIGNED__" in macros else "-fsigned-char"


def seed(o, n):
    """None when passed over, "" when right, else what is wrong."""
    path = lambda s: os.path.join(o.dir, "%d%s" % (n, s))
    c = path(".c")
    status, out = run(["csmith", "--seed", str(n), "--output", c] + SHAPE[n % len(SHAPE)].split() + ["--no-argc"], 20)
    if status:
        return None
    base = [c, "-w", "-I", INCLUDE]
    gcc = {}
    for level in ("-O0", "-O2"):
        exe = path(".gcc" + level)
        if run(["gcc", level, o.char] + base + ["-o", exe], 30)[0]:
            return None
        gcc[level] = run([exe], 5)
    if gcc["-O0"][0] != 0 or gcc["-O0"] != gcc["-O2"]:
        return None
    want = gcc["-O0"][1]
    objs = {}
    for level in ("-O0", "-O1"):
        obj = path(".idem%s.o" % level)
        status, out = run(o.cc + [level, "-c"] + base + ["-o", obj], 30)
        if status:
            return "idem cc %s -c: status %s: %s" % (level, status, out[:500])
        with open(obj, "rb") as f:
            objs[level] = hashlib.sha256(f.read()).hexdigest()
    levels = ["-O0"] if objs["-O0"] == objs["-O1"] else ["-O0", "-O1"]
    for level in levels:
        exe = path(".idem" + level)
        status, out = run(o.cc + [path(".idem%s.o" % level), "-o", exe, "-lm"], 30)
        if status:
            return "idem cc links: status %s: %s" % (status, out[:500])
        got = run(o.emu + [exe], 40 if o.emu else 20)
        if got != (0, want):
            return "idem %s: %s %s, gcc: %s" % (level, got[0], got[1].strip()[-60:], want.strip()[-60:])
    return ""


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--idem", required=True)
    ap.add_argument("--dir", required=True)
    ap.add_argument("--seeds", type=int, default=200)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("--budget", type=float, default=240)
    ap.add_argument("--target")
    ap.add_argument("--emu")
    o = ap.parse_args()
    o.cc = [o.idem, "cc"] + (["-target", o.target] if o.target else [])
    o.emu = [o.emu] if o.emu else []
    o.char = char_option(o)
    if not INCLUDE:
        print("skip csmith: no headers of csmith")
        return
    label = o.target + ", " if o.target else ""
    start = time.time()
    ok = passed_over = late = 0

    def one(n):
        return (n, "late") if time.time() - start > o.budget else (n, seed(o, n))
    with ThreadPoolExecutor(o.jobs) as pool:
        for n, r in pool.map(one, range(o.seed, o.seed + o.seeds)):
            if r == "late":
                late += 1
            elif r is None:
                passed_over += 1
            elif r:
                print("not ok %sseed %d: %s" % (label, n, r.replace("\n", "; ")))
            else:
                ok += 1
                print("ok %sseed %d" % (label, n))
            if r is None or not r:
                for f in os.listdir(o.dir):
                    if f.startswith("%d." % n):
                        os.unlink(os.path.join(o.dir, f))
            sys.stdout.flush()
    if late:
        print("not ok " + label + "%d seeds: the budget of %d s is spent" % (late, o.budget))
    print("csmith: " + label + "%d agree, %d passed over (gcc too slow or of two minds)" % (ok, passed_over))


main()
