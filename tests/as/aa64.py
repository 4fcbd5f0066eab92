"""What suite.sh runs for AArch64: aa64.py FOLDER IDEM TIER.
  aa64/lines.txt  statements, each a unit of its own (\\n parts its lines), must give what GNU as gives: bytes, relocations, symbols
  gcc -S          so must the text of aarch64-linux-gnu-gcc
  aa64/refuse.txt statement => message
  cc -S           assembles to the object of cc -c, with idem as and with GNU as
  objdump -d      is GNU objdump's text, for objects of idem and of gcc
  mutations       of statements end in an object or in messages, never in a crash"""
import glob, os, random, re, shutil, subprocess, sys

from same import differences

T, IDEM, TIER = sys.argv[1] + "/", sys.argv[2], sys.argv[3]
HERE = os.path.dirname(__file__)
AS, GCC, OBJDUMP, READELF = ("aarch64-linux-gnu-" + x for x in ("as", "gcc", "objdump", "readelf"))
GNU = [AS]
OURS = [IDEM, "as", "-target", "aarch64-linux-gnu"]
ISA = "-march=armv8.1-a"
ALL = TIER == "all"
NOTE = '\n.section .note.GNU-stack,"",@progbits\n'


def run(cmd):
    return subprocess.run(cmd, capture_output=True, text=True, errors="replace", timeout=60)


def tell(name, bad, note=""):
    print(("not ok " if bad else "ok ") + name + (": " + note if note else ""))
    for line in bad[:8]:
        print("    " + line[:500].replace("\n", "\n    "))


def same(a, b):
    return "\n".join(" ".join(map(str, x)) for x in differences(a, b, True)[:10])


def units(path):
    return [l.replace("\\n", "\n") for l in open(path).read().split("\n") if l and not l.startswith("##")]


def both(path, opts):
    """What is different between the objects of the two assemblers."""
    g, u = run(GNU + opts + [path, "-o", T + "g.o"]), run(OURS + opts + [path, "-o", T + "u.o"])
    if g.returncode or u.returncode:
        return g.stderr + u.stderr
    return same(T + "u.o", T + "g.o")


def lines():
    bad, n = [], 0
    for text in units(HERE + "/aa64/lines.txt"):
        with open(T + "l.s", "w") as f:
            f.write(text + NOTE)
        n += 1
        d = both(T + "l.s", [ISA])
        if d:
            bad.append("%r: %s" % (text, d))
    tell("aa64/lines.txt", bad, "%d units" % n)


def compiled(files):
    bad, n = [], 0
    for c in files:
        for opts in (["-O%d" % (n // 2 % 2), "-fno-tree-vectorize"], ["-O3", "-fPIC"])[:2 if ALL else 1]:
            if run([GCC, "-w", "-S", "-fno-asynchronous-unwind-tables", "-fno-unwind-tables", "-Isrc", "-I."] + opts + [c, "-o", T + "g.s"]).returncode:
                continue
            n += 1
            d = both(T + "g.s", [])
            if d:
                bad.append("%s %s: %s" % (c, opts, d))
    tell("aa64 gcc -S as GNU as has it", bad, "%d times" % n)


def refuse():
    bad, n = [], 0
    for unit in units(HERE + "/aa64/refuse.txt"):
        text, _, want = unit.partition(" => ")
        with open(T + "r.s", "w") as f:
            f.write(text + "\n")
        n += 1
        if os.path.exists(T + "r.o"):
            os.remove(T + "r.o")
        p = run(OURS + [T + "r.s", "-o", T + "r.o"])
        if p.returncode != 1 or want not in p.stderr or os.path.exists(T + "r.o"):
            bad.append("%r: wanted '%s', status %d: %s" % (text, want, p.returncode, p.stderr))
    tell("aa64/refuse.txt", bad, "%d units" % n)


def mutate(seed, rounds):
    rnd, bad, n = random.Random(seed), [], 0
    stock = units(HERE + "/aa64/lines.txt")
    bits = ["#", "[", "]", "{", "}", ",", "!", "=", ":lo12:", ":", "x31", "v0.4s", "v3.d[1]", "sp", "wzr", "lsl", "#-1", "0x8000000000000000",
            "uxtw", "1f", "'", '"', "(", "-", "\t", "99999999999999999999", "s3_0_c1_c2_3", "..", "#1e9", "#0x1p3"]
    for _ in range(rounds):
        out = []
        for k in range(40):
            t = rnd.choice(stock)
            for _ in range(rnd.choice((1, 1, 2, 4))):
                at = rnd.randrange(len(t) + 1)
                how = rnd.randrange(5)
                t = t[:at] + rnd.choice(bits) + t[at + (how > 2):] if how else t[:at] + t[at + rnd.randrange(4):]
            out.append(t.replace("\0", ""))
        with open(T + "m.s", "w") as f:
            f.write("\n".join(out) + "\n")
        n += len(out)
        p = run(OURS + [ISA, T + "m.s", "-o", T + "m.o"])
        if p.returncode not in (0, 1) or "bug" in p.stderr or (p.returncode == 1 and "error" not in p.stderr):
            bad.append("seed %d: status %d: %s" % (seed, p.returncode, p.stderr[-300:]))
            shutil.copy(T + "m.s", T + "crash-%d.s" % len(bad))
    tell("aa64 mutated statements", bad, "%d, seed %d" % (n, seed))


def compile(c, opts, out):
    return run([IDEM, "cc", "-target", "aarch64-linux-gnu", "-w", "-Isrc", "-I.", "-Irt/include", c, "-o", out] + opts).returncode == 0


def round_trip(files, options):
    n, bad = 0, []
    tools = [OURS] + ([GNU] if shutil.which(AS) else [])
    for c in files:
        for o in options:
            if not compile(c, [o, "-c"], T + "c.o"):
                continue
            n += 1
            p = "cc -S fails" if not compile(c, [o, "-S"], T + "c.s") else ""
            if not p and re.search(r"\t\.byte\t.*\t// ", open(T + "c.s", errors="replace").read()):
                p = "bytes that are no text"
            for tool in tools:
                q = run(tool + [T + "c.s", "-o", T + "s.o"]) if not p else None
                p = p or q.stderr if q is None or q.returncode else same(T + "c.o", T + "s.o")
            if p:
                bad.append("%s %s: %s" % (c, o, p))
    tell("aa64 cc -S assembles to the object of cc -c", bad, "%d times, %d assemblers" % (n, len(tools)))


def listing(text):
    """Without names of addresses, and without the targets that relocations will fill: GNU objdump counts those from other places."""
    out = []
    for l in text.splitlines():
        l = re.sub(r"<[^>]*>", "<>", l).rstrip()
        if re.match(r"\t\t\t[0-9a-f]+: R_AARCH64", l) and out:
            out[-1] = re.sub(r"\b[0-9a-f]+ <>", "<>", out[-1])
        out.append(l)
    return out


def objdump(files):
    n, bad = 0, []
    for c in files:
        if n % 3 == 0 or not shutil.which(GCC):
            made = compile(c, ["-c"], T + "d.o")
        else:
            made = run([GCC, "-w", "-c", ["-O0", "-O2"][n % 2], "-Isrc", "-I.", c, "-o", T + "d.o"]).returncode == 0
        if not made:
            continue
        n += 1
        for opts in (["-dr"], ["-dr", "-M", "no-aliases"]):
            a, b = (listing(run(cmd + opts + [T + "d.o"]).stdout) for cmd in ([IDEM, "objdump"], [OBJDUMP]))
            if a != b:
                k = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
                bad.append("%s %s\nours:   %s\ntheirs: %s" % (c, opts, *(t[k] if k < len(t) else "ends" for t in (a, b))))
    for opts in (["-d"], ["-dz"], ["-D"]):                # data among code, told by mapping symbols
        run(GNU + [HERE + "/aa64/data-in-code.s", "-o", T + "d.o"])
        a, b = (listing(run(cmd + opts + [T + "d.o"]).stdout) for cmd in ([IDEM, "objdump"], [OBJDUMP]))
        if a != b:
            bad.append("data-in-code.s %s" % opts)
    tell("aa64 objdump -d equals GNU's", bad, "%d objects" % (n + 1))


run_c = sorted(glob.glob("tests/run/*.c"))
mine = sorted(glob.glob("src/*/*.c") + glob.glob("arch/aa64/*.c"))
refuse()
mutate(int(os.environ.get("SEED", "1")), 400 if ALL else 20)
round_trip(run_c[::8 if ALL else 40] + mine[::8 if ALL else 40], ["-O0", "-O1"] if ALL else ["-O1"])
if shutil.which(AS):
    lines()
    objdump(run_c[::6 if ALL else 30] + mine[::8 if ALL else 40])
    if shutil.which(GCC):
        compiled(run_c[::6 if ALL else 12] + mine[::8 if ALL else 40])
    else:
        print("skip aa64 needs " + GCC)
else:
    print("skip aa64 needs " + AS)
