"""Compares aa64's tables with aarch64-linux-gnu binutils and llvm-mc-19; prints ok, not ok and skip lines.
Usage: check.py DRIVER FOLDER WORDS SEED: FOLDER for files, WORDS random words to decode."""
import random, re, shutil, sys

from common import run, verdict

DRIVER, T, WORDS, SEED = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
AS, OBJDUMP, OBJCOPY, MC = "aarch64-linux-gnu-as", "aarch64-linux-gnu-objdump", "aarch64-linux-gnu-objcopy", "llvm-mc-19"
GNU, LLVM = bool(shutil.which(OBJDUMP)), bool(shutil.which(MC))


def ours(words, opt=""):
    return run([DRIVER, "dis"] + ([opt] if opt else []), "".join("%x\n" % w for w in words)).stdout.splitlines()


def objdump(words, opt=None):
    with open(T + "/w.bin", "wb") as f:
        f.write(b"".join(w.to_bytes(4, "little") for w in words))
    out = []
    for line in run([OBJDUMP, "-D", "-z", "-b", "binary", "-m", "aarch64"] + (["-M", opt] if opt else []) + [T + "/w.bin"]).stdout.splitlines():
        m = re.match(r"\s*([0-9a-f]+):\t[0-9a-f]+ *\t(.*)$", line)
        if m:
            out.append(m.group(2).rstrip())
    return out


def llvm(words):
    text = "".join(" ".join("0x%02x" % b for b in w.to_bytes(4, "little")) + "\n" for w in words)
    r = run([MC, "--triple=aarch64", "-mattr=+v8a,+crc,+lse,+pan,+perfmon,+ras,+uaops,+dit,+mte,+ssbs,+v8.5a", "--disassemble"], text)
    gone = {int(m.group(1)) - 1 for m in re.finditer(r":(\d+):\d+: warning: invalid", r.stderr)}
    lines = [l for l in r.stdout.splitlines() if l.startswith("\t") and not l.startswith("\t.")]
    if len(lines) + len(gone) != len(words):
        sys.exit("llvm-mc's lines do not pair up")
    out, k = [], 0
    for j in range(len(words)):
        out.append("-" if j in gone else lines[k].strip())
        k += j not in gone
    return out


# ---- how texts are made comparable ----

def exact(text):
    """objdump's own text, notes of binutils aside; "-" for what is refused."""
    text = re.sub(r"\s*// (note|unpredictable|undefined).*", "", text.strip())
    text = re.sub(r"\s*//.*$", "", text) if not text.startswith("mov") else re.sub(r"\s+// (?!#).*$", "", text)
    if text.startswith(".inst") or text == "-" or "; undefined" in text:
        return "-"
    return re.sub(r"[ \t]+", " ", re.sub(r"0x([0-9a-f]+)( <.*>)?$", lambda m: "0x" + m.group(1), text))


COND = {"cs": "hs", "cc": "lo"}


def loose(text, pc):
    """Without what llvm-mc spells otherwise: numbers as numbers, lists written out."""
    text = re.sub(r"\s*//.*", "", exact(text).lower())
    if text == "-":
        return "-"
    head, _, rest = text.partition(" ")
    if head == "adrp":
        pc &= ~4095
    if head == "b.cs" or head == "b.cc":
        head = "b." + COND[head[2:]]
    lst = re.search(r"\{([^}]*)\}", rest)
    if lst and "-" in lst.group(1):
        m = re.match(r"\s*v(\d+)(\.\w+)\s*-\s*v(\d+)", lst.group(1))
        a, b = int(m.group(1)), int(m.group(3))
        regs = ", ".join("v%d%s" % (k % 32, m.group(2)) for k in range(a, (b if b >= a else b + 32) + 1))
        rest = rest[:lst.start(1)] + regs + rest[lst.end(1):]
    rest = re.sub(r"\s+", "", rest)
    rest = re.sub(r"#(-?[0-9.]+(e[+-]\d+)?)(?=$|[,\]])", lambda m: "#%g" % float(m.group(1)) if re.search(r"[.e]", m.group(1)) else "#%d" % int(m.group(1)), rest)
    rest = re.sub(r"#(-?)0x([0-9a-f]+)", lambda m: "#%d" % (int(m.group(1) + m.group(2), 16) % 2 ** 64), rest)
    rest = re.sub(r"#-(\d+)", lambda m: "#%d" % (-int(m.group(1)) % 2 ** 64), rest)
    rest = re.sub(r"(?<=,)0x([0-9a-f]+)$|^0x([0-9a-f]+)$", lambda m: "#%d" % ((int(m.group(1) or m.group(2), 16) - pc) % 2 ** 64), rest)
    ops = rest.split(",")
    if head == "mov" and ops[0][0] == "w" and ops[1][0] == "#":
        ops[1] = "#%d" % (int(ops[1][1:]) % 2 ** 32)
    ops = [COND.get(o, o) for o in ops]
    return head + " " + ",".join(ops)


# What we refuse and an oracle prints is left out where GNU as, told the architecture that the rows are of, refuses the text or writes other
# bits for it; anything it writes the word for is a row that is missing. They are counted by their group (DDI 0487, C4.1).
MARCH = "armv8-a+crc+lse"
GROUPS = [
    (lambda w: w & 0x1e000000 == 0x00000000, "SME"),
    (lambda w: w & 0x1e000000 == 0x04000000, "SVE"),
    (lambda w: w & 0x1c000000 == 0x10000000, "data processing with immediates"),
    (lambda w: w & 0x1c000000 == 0x14000000, "branches, exceptions, system"),
    (lambda w: w & 0x3f000000 == 0x08000000, "exclusives"),
    (lambda w: w & 0x0a000000 == 0x08000000, "loads and stores"),
    (lambda w: w & 0x0e000000 == 0x0a000000, "data processing with registers"),
    (lambda w: True, "floating point and vectors"),
]


def left_out(words, texts):
    """For each word None, or why it may be left out."""
    lines = ["nop" if t == "-" else re.sub(r"\s+", " ", t) for t in texts]
    alive, gone = list(range(len(lines))), set()
    for _ in range(4):
        with open(T + "/l.s", "w") as f:
            f.write("".join(lines[k] + "\n" for k in alive))
        r = run([AS, "-march=" + MARCH, T + "/l.s", "-o", T + "/l.o"])
        if r.returncode == 0:
            break
        bad = {alive[int(n) - 1] for n in re.findall(r"^[^\n:]*:(\d+): Error", r.stderr, re.M)}
        gone |= bad
        alive = [k for k in alive if k not in bad]
    run([OBJCOPY, "-O", "binary", "-j", ".text", T + "/l.o", T + "/l.bin"])
    with open(T + "/l.bin", "rb") as f:
        data = f.read()
    out = [None] * len(words)
    if len(data) != 4 * len(alive):
        return out
    for j, k in enumerate(alive):
        if int.from_bytes(data[4 * j:4 * j + 4], "little") != words[k]:
            out[k] = "bits that the manual fixes are others"
    for k in gone:
        out[k] = "no instruction of " + MARCH
    return out


class Comparison:
    """What one oracle says of sets of words, counted. classes: (test of word, oracle's text, ours; why)."""

    def __init__(self, name, classes):
        self.name, self.classes, self.bad, self.passed, self.n, self.both = name, classes, [], {}, 0, 0

    def add(self, words, them, us, norm):
        self.n += len(words)
        if not len(words) == len(them) == len(us):
            self.bad.append("%d words, %d lines of the oracle, %d of ours" % (len(words), len(them), len(us)))
            return
        refused = []
        for k, (w, t, u) in enumerate(zip(words, them, us)):
            a, b = norm(t, 4 * k), norm(u, 4 * k)
            if a == b:
                self.both += a != "-"
                continue
            why = next((c[1] for c in self.classes if c[0](w, a, b)), None)
            if why is not None:
                self.passed[why] = self.passed.get(why, 0) + 1
            elif b == "-" and GNU:
                refused.append((w, t))
            else:
                self.bad.append("%08x: oracle '%s', we '%s'" % (w, a, b))
        if refused:
            for (w, t), why in zip(refused, left_out([r[0] for r in refused], [exact(r[1]) for r in refused])):
                if why is None:
                    self.bad.append("%08x: oracle '%s', we refuse it" % (w, t))
                else:
                    why = "refused, %s: %s" % (why, next(g[1] for g in GROUPS if g[0](w)))
                    self.passed[why] = self.passed.get(why, 0) + 1

    def tell(self):
        for why in sorted(self.passed):
            print("  %d words: %s" % (self.passed[why], why))
        verdict(self.name, self.bad, "%d words, %d of them instructions" % (self.n, self.both))


GNU_CLASSES = [
    (lambda w, t, u: u == "-" and w & 0xffc80000 == 0xd5000000 and re.search(r"\bs0_", t), "system registers of op0 0, where there are none"),
]
LLVM_CLASSES = GNU_CLASSES + [
    (lambda w, t, u: t.startswith("orr sp,xzr,") and u == t.replace("orr sp,xzr", "mov sp"), "a mask into sp that movz could make: binutils "
     "says mov"),
    (lambda w, t, u: w & 0xffc00000 == 0xd5000000 and u[:3] == t[:3] and u[:3] in ("mrs", "msr") and bool(re.search(r"\bs\d_", t)) !=
     bool(re.search(r"\bs\d_", u)), "system registers that only one of the two has a name for, or that is not for writing"),
    (lambda w, t, u: u == "-" and t.startswith("ldpsw"), "ldpsw into one register twice or into its base: unpredictable, refused as objdump does"),
    (lambda w, t, u: t.startswith("sys ") and w & 31 != 31 and "," not in u, "at, dc, ic, tlbi with a register for nothing"),
    (lambda w, t, u: t.startswith("rprfm") and u.startswith("prfm") and w & 0x18 == 0x18, "range prefetch, a part of prfm's hints"),
    (lambda w, t, u: u.startswith("hint #"), "hints of later versions"),
    (lambda w, t, u: t.startswith("bfc") and u.startswith("bfxil") and w & 0x003f03e0 == 0x3e0, "bfc from bit 0"),
    (lambda w, t, u: re.match(r"[su]shll2? .*,#0$", t) and u == re.sub("shll", "xtl", t)[:-3], "a long shift by 0: binutils says sxtl, uxtl"),
]


def words32(n, rnd, rows):
    """Of eight words, one is uniform; three have a row's word with none to three bits changed; two its upper eleven bits and else uniform;
    two its word with other registers."""
    out = []
    for k in range(n):
        w, kind = rnd.getrandbits(32), k & 7
        row = rows[rnd.randrange(len(rows))]
        if kind in (1, 2, 3):
            w = row
            for _ in range(rnd.choice((0, 1, 1, 2, 3))):
                w ^= 1 << rnd.randrange(32)
        elif kind in (4, 5):
            w = w & 0x001fffff | row & ~0x001fffff
        elif kind in (6, 7):
            w = row ^ w & rnd.choice((0x001f03ff, 0x001fffff, 0x40c0fc00))
        out.append(w)
    return out


def check():
    table = [l.split("\t", 2) for l in run([DRIVER, "enum"]).stdout.splitlines()]
    rows = [int(w, 16) for w, _, _ in table]
    rnd = random.Random(SEED)
    print("  seed %d" % SEED)
    for what, words in (("table", rows), ("random", words32(WORDS, rnd, rows))):
        if GNU:
            for opt in (None, "no-aliases"):
                c = Comparison("%s-gnu%s" % (what, "-" + opt if opt else ""), GNU_CLASSES)
                c.add(words, objdump(words, opt), ours(words, "n" if opt else ""), lambda t, pc: exact(t))
                c.tell()
        else:
            print("skip %s-gnu needs %s" % (what, OBJDUMP))
        if LLVM:
            c = Comparison("%s-llvm" % what, LLVM_CLASSES)
            c.add(words, llvm(words), ours(words), loose)
            c.tell()
        else:
            print("skip %s-llvm needs %s" % (what, MC))


if __name__ == "__main__":
    check()
