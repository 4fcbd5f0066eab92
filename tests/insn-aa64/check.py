"""Compares aa64's tables with aarch64-linux-gnu binutils and llvm-mc-19; prints ok, not ok and skip lines.
Usage: check.py DRIVER FOLDER WORDS SEED: FOLDER for files, WORDS random words to decode."""
import random, re, shutil, sys

from common import run, verdict

DRIVER, T, WORDS, SEED = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
OBJDUMP, MC = "aarch64-linux-gnu-objdump", "llvm-mc-19"
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
    r = run([MC, "--triple=aarch64", "-mattr=+v8a,+crc,+lse,+pan,+perfmon,+ras,+uaops,+dit,+mte,+ssbs,+v8.5a", "--disassemble", "-M", "no-aliases"], text)
    gone = {int(m.group(1)) - 1 for m in re.finditer(r":(\d+):\d+: warning: (?:invalid|potentially)", r.stderr)}
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
    text = exact(text).lower()
    if text == "-":
        return "-"
    head, _, rest = text.partition(" ")
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
    ops = [COND.get(o, o) for o in ops]
    return head + " " + ",".join(ops)


# Words on which an oracle differs from us, by class: (oracle, test of the word, its text and ours, why).
def outside(w, t):
    """A class of instructions without rows, by its place in the encoding (DDI 0487, C4.1) or by what objdump says it is."""
    op0 = w >> 25 & 15
    if op0 in (0, 2) and w >> 16:
        return "SME and SVE (C4.1.2)"
    if op0 & 7 == 5 and w & 0x1f000000 == 0x1a000000 and w & 0x1fe00000 in (0x1ac00000, 0x1a000000):
        return "data processing of later versions: flag manipulation, PAC, MTE, CSSC (C4.1.68)"
    return None


def sysname(w, t):
    return w & 0xffc00000 == 0xd5000000


LATER = [
    (lambda w: w & 0x1e000000 == 0x00000000 and w >> 16, "SME (C4.1.2)"),
    (lambda w: w & 0x1e000000 == 0x04000000, "SVE (C4.1.3)"),
    (lambda w: w & 0x9f200000 == 0x91000000 and w & 0x1f800000 == 0x11800000 or w & 0x1fc00000 == 0x11c00000 or w & 0x1f800000 == 0x11800000,
     "add with tag, minimum and maximum of an immediate (MTE, CSSC)"),
    (lambda w: w & 0xff000010 == 0x54000010, "BC.cond (HBC)"),
    (lambda w: w & 0xfe000000 == 0xd6000000, "branches with pointer authentication (PAuth)"),
    (lambda w: w & 0xff000000 == 0xd5000000, "system instructions of later versions"),
    (lambda w: w & 0xff000000 == 0xd4000000, "exceptions of later versions (TME)"),
    (lambda w: w & 0x1fe00000 == 0x1a000000 and w & 0xfc00, "flag manipulation (FlagM), carries of later versions"),
    (lambda w: w & 0x5fe00000 == 0x5ac00000 or w & 0x5fe00000 == 0x1ac00000, "one and two sources: PAuth, MTE, CSSC"),
    (lambda w: w & 0x3b000000 == 0x19000000, "MTE, LRCPC, 64-byte, memory copy (MOPS)"),
    (lambda w: w & 0x3f000000 == 0x08000000 or w & 0x3b000000 == 0x18000000, "exclusives and literals of later versions"),
    (lambda w: w & 0x3b200c00 == 0x38200000 or w & 0x3b200400 == 0x38200400, "LSE128, RCPC, 64-byte, pointer authentication in loads"),
    (lambda w: w & 0x3a000000 == 0x28000000, "store of pairs with tags (MTE, RCPC3)"),
    (lambda w: w & 0x5f000000 == 0x1e000000 and w >> 22 & 3 in (2, 3), "half precision (FP16), bfloat"),
    (lambda w: w & 0x5f000000 == 0x1f000000 and w >> 22 & 3 in (2, 3), "half precision (FP16)"),
    (lambda w: w & 0x5f20fc00 == 0x1e204000 or w & 0x5f200000 == 0x1e200000, "conversions of later versions (JSCVT, FRINTTS, BF16)"),
    (lambda w: w & 0x1e000000 == 0x0e000000, "vectors of later versions: FP16, RDM, dot product, complex, AES, SHA, SM, BF16, I8MM"),
]


class Comparison:
    """What one oracle says of sets of words, counted."""

    def __init__(self, name, classes):
        self.name, self.classes, self.bad, self.passed, self.n, self.both = name, classes, [], {}, 0, 0

    def add(self, words, them, us, norm):
        self.n += len(words)
        if not len(words) == len(them) == len(us):
            self.bad.append("%d words, %d lines of the oracle, %d of ours" % (len(words), len(them), len(us)))
            return
        for k, (w, t, u) in enumerate(zip(words, them, us)):
            a, b = norm(t, 4 * k), norm(u, 4 * k)
            if a == b:
                self.both += a != "-"
                continue
            why = next((c[1] for c in self.classes if c[0](w, a, b)), None)
            if why is None:
                self.bad.append("%08x: oracle '%s', we '%s'" % (w, a, b))
            else:
                self.passed[why] = self.passed.get(why, 0) + 1

    def tell(self):
        for why in sorted(self.passed):
            print("  %d words: %s" % (self.passed[why], why))
        verdict(self.name, self.bad, "%d words, %d of them instructions" % (self.n, self.both))


def missing(f):
    """We refuse what the oracle prints."""
    return lambda w, t, u: u == "-" and f(w)


GNU_CLASSES = [(missing(f), why) for f, why in LATER]
LLVM_CLASSES = GNU_CLASSES + [
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
            c.add(words, llvm(words), ours(words, "n"), loose)
            c.tell()
        else:
            print("skip %s-llvm needs %s" % (what, MC))


if __name__ == "__main__":
    check()
