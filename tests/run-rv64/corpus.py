#!/usr/bin/env python3
"""The programs of tests/run for another target or C library: compiled and linked by idem, run in an emulator if need be.

corpus.py --idem IDEM --target TRIPLE --gcc COMMAND --dir FOLDER [--emu COMMAND] [--every N] [--options=WORDS]
          [--corpus FOLDER --default FILE] [NAME...]

In: the test files (of tests/run or another folder) with their run lines, in which `idem cc` gets -target and WORDS, gcc is COMMAND
-static, and the programs made get the emulator in front of them.
Out: "ok NAME", or "not ok NAME: ..." and what came. Expected is what the file expects; where the target makes a difference (plain char,
how printf's %a normalizes), the same lines are run with COMMAND -static in the place of `idem cc`, and idem has to agree with that.
What no compiler can do for the target stands in REFUSED with the reason. --every N takes each Nth file only."""
import argparse, os, re, shutil, sys, tempfile
from concurrent.futures import ThreadPoolExecutor
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from run import JOBS, collect, execute

# Word of the triple, file, reason: gcc has to fail as well.
REFUSED = {
    ("riscv64", "predefined-macros-and-identifiers.c"): "prints __x86_64__",
    ("riscv64", "freestanding-with-nothing-linked.c"): "links assembly for x64",
    ("riscv64", "static-assert-everywhere.c"): "asserts that plain char is signed",
    ("aarch64", "predefined-macros-and-identifiers.c"): "prints __x86_64__",
    ("aarch64", "freestanding-with-nothing-linked.c"): "links assembly for x64",
    ("aarch64", "static-assert-everywhere.c"): "asserts that plain char is signed",
}
LINK = re.compile(r"-o %t/\w+(?=$| &&|;)")         # glibc has its own archive for <math.h>
PROGRAM = re.compile(r"(^|&& |\|\| |; |do |env -i ONE=1 )(%t/[\w$]+)(?![\w./])")


def script(o, t, cc, tools, tmp):
    lines = [PROGRAM.sub(lambda m: m.group(1) + o.emu + m.group(2), LINK.sub(lambda m: m.group(0) + " -lm", l)) for l in t.want["run"]]
    put = {"%s": t.path, "%S": os.path.dirname(t.path), "%t": tmp, "%b": os.path.splitext(os.path.basename(t.path))[0], "%%": "%"}
    text = "set -e\n" + "\n".join(lines)
    text = re.sub(r"%idem (\w+)", lambda m: cc if m.group(1) == "cc" else tools + m.group(1), text)
    text = re.sub(r"(?<![\w-])gcc(?= )", o.gcc + " -static", text)
    return re.sub(r"%[sStb%](?![A-Za-z0-9_]*%)", lambda m: put[m.group(0)], text)


def outcome(o, t, cc, tools):
    """Status, standard output, standard error of the test's lines with these tools."""
    tmp = tempfile.mkdtemp(dir=o.dir)
    try:
        status, out, err = execute(["sh", "-c", script(o, t, cc, tools, tmp)], dict(os.environ, LC_ALL="C"), 60)
        return status, out.replace(tmp, "%t"), err.replace(tmp, "%t")
    finally:
        shutil.rmtree(tmp, ignore_errors=True)


def judge(o, t):
    """The line about one test."""
    base = os.path.relpath(t.path, o.corpus)
    name = "%s: %s" % (" ".join([o.target] + o.options.split()), base)
    status, out, err = outcome(o, t, "%s cc -target %s %s" % (o.idem, o.target, o.options), o.idem + " ")
    want = t.expected("out")
    if status == int((t.want["exit"] or ["0"])[-1]) and (want is None or out in (want, want[:-1])) and all(p in out for p in t.want["out~"]):
        return "ok " + name
    ref, ref_out, _ = outcome(o, t, o.gcc + " -static -w", re.sub(r"gcc$", "", o.gcc))
    if ref == 0 and (status, out) == (ref, ref_out):
        return "ok %s, as gcc answers" % name
    for (word, file), reason in REFUSED.items():
        if word in o.target and file == base and ref != 0 and status != 0:
            return "ok %s, refused: %s" % (name, reason)
    return "not ok %s: status %s\n%s\ngcc's, status %s:\n%s\n%s" % (name, status, out[:1500], ref, ref_out[:1500], err[:1500])


def main():
    ap = argparse.ArgumentParser()
    for a in ("idem", "target", "gcc", "dir"):
        ap.add_argument("--" + a, required=True)
    ap.add_argument("--emu", default="")
    ap.add_argument("--options", default="")
    ap.add_argument("--every", type=int, default=1)
    ap.add_argument("--corpus", default=os.path.join(os.path.dirname(HERE), "run"))
    ap.add_argument("--default")
    ap.add_argument("names", nargs="*")
    o = ap.parse_args()
    if o.emu:
        o.emu = shutil.which(o.emu) + " "
    tests = collect(o.corpus, o.default)[::o.every]
    if o.names:
        tests = [t for t in tests if any(n in t.path for n in o.names)]
    with ThreadPoolExecutor(JOBS) as pool:
        for line in pool.map(lambda t: judge(o, t), tests):
            print(line, flush=True)


main()
