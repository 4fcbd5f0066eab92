"""Compares rv64's tables with riscv64-linux-gnu binutils and llvm-mc-19; prints ok, not ok and skip lines.
Usage: check.py DRIVER FOLDER WORDS SEED: FOLDER for files, WORDS random words to decode."""
import os, random, re, shutil, sys

from common import run, verdict

DRIVER, T, WORDS, SEED = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
AS, OBJDUMP, OBJCOPY, MC = "riscv64-linux-gnu-as", "riscv64-linux-gnu-objdump", "riscv64-linux-gnu-objcopy", "llvm-mc-19"
GNU, LLVM = bool(shutil.which(AS)), bool(shutil.which(MC))
MARCH = "rv64gc_zihintpause_zba_zbb_zbc_zbs"
MATTR = "-mattr=+m,+a,+f,+d,+c,+zba,+zbb,+zbs,+zbc,+zicond,+zicsr,+zifencei"
failed = []


def code(words):
    """An object with these words as code: GNU as says what it is (its attributes, its mapping symbol), the words are put in behind it."""
    with open(T + "/w.s", "w") as f:
        f.write("nop\n")
    with open(T + "/w.bin", "wb") as f:
        f.write(b"".join(w.to_bytes(4 if w & 3 == 3 else 2, "little") for w in words))
    r = run([AS, "-march=" + MARCH, T + "/w.s", "-o", T + "/w.o"])
    r = r if r.returncode else run([OBJCOPY, "--update-section", ".text=" + T + "/w.bin", T + "/w.o"])
    if r.returncode:
        sys.exit(r.stderr[:500])
    return T + "/w.o"


def assemble(lines, march=MARCH, tool="gnu", tag="x"):
    """Bytes of each line, which must all be accepted; None and the messages otherwise. GNU's relocations are for labels only."""
    src, obj = "%s/%s.s" % (T, tag), "%s/%s.o" % (T, tag)
    with open(src, "w") as f:
        f.write("\n".join(lines) + "\n")
    if tool == "gnu":
        r = run([AS, "-march=" + march, src, "-o", obj])
    elif tool == "llvm":
        r = run([MC, "-triple=riscv64", MATTR, "-filetype=obj", src, "-o", obj])
    else:
        r = run([DRIVER, "as", src, obj])
    if r.returncode:
        return None, r.stderr
    run([OBJCOPY, "-O", "binary", "-j", ".text", obj, obj + ".bin"])
    with open(obj + ".bin", "rb") as f:
        return f.read(), ""


def cut(data):
    """Instructions of a run of bytes, as numbers."""
    out, at = [], 0
    while at + 1 < len(data):
        n = 4 if data[at] & 3 == 3 else 2
        out.append(int.from_bytes(data[at:at + n], "little"))
        at += n
    return out


def accepted(lines, tool, tag):
    """Line by line: the instruction, or None where the tool refuses the line. Refused lines are found by their messages."""
    alive = list(range(len(lines)))
    refused = {}
    for _ in range(3):
        data, err = assemble([".option norelax"] + [lines[k] for k in alive], tool=tool, tag=tag)
        if data is not None:
            words = cut(data)
            if len(words) != len(alive):
                return None
            result = [None] * len(lines)
            for k, w in zip(alive, words):
                result[k] = w
            return result, refused
        gone = {}
        for m in re.finditer(r"^[^\n:]*:(\d+)(?::\d+)?: (?:[Ee]rror): (.*)$", err, re.M):
            gone.setdefault(int(m.group(1)) - 2, m.group(2))
        for k, why in gone.items():
            refused[alive[k]] = why
        alive = [k for j, k in enumerate(alive) if j not in gone]
    return None


# ---- names ----

ALL_CSR = {}
for line in open(os.path.join(os.path.dirname(__file__), "../../arch/rv64/reg.def")):
    m = re.match(r'CSR\((0x\w+), "(\w+)"\)', line)
    if m:
        ALL_CSR[m.group(2)] = int(m.group(1), 16)

def gnu_csrs():
    """Names that only binutils has: of RV32, and of drafts."""
    lines = run([OBJDUMP, "-d", "-M", "no-aliases", code(0x2073 | n << 20 for n in range(4096))]).stdout.splitlines()
    names = [m.group(1) for m in (re.search(r"csrrs\s+zero,(\w+),zero", l) for l in lines) if m]
    for n, name in enumerate(names):
        if not name.startswith("0x"):
            ALL_CSR.setdefault(name, n)


# What binutils 2.40 prints by the register form's name.
IMMEDIATE = {"add": "addi", "addw": "addiw", "sll": "slli", "srl": "srli", "sra": "srai", "sllw": "slliw", "srlw": "srliw",
             "sraw": "sraiw", "and": "andi", "or": "ori", "xor": "xori", "slt": "slti", "sltu": "sltiu", "ror": "rori",
             "rorw": "roriw", "bclr": "bclri", "bext": "bexti", "binv": "binvi", "bset": "bseti"}
RM0 = re.compile(r"fcvt\.d\.(s|w|wu)$")


def norm(text, pc=0):
    """mnemonic, operands with numbers as numbers; branch targets relative."""
    text = re.sub(r"\s*(#|<).*", "", text).strip()
    if not text or text.startswith((".", "0x", "-")):
        return "-"
    head, _, rest = text.replace("\t", " ").partition(" ")
    ops = [o for o in re.split(r"\s*,\s*", rest.strip()) if o]
    branch = re.match(r"(c\.)?(j|jal|b\w+z?)$", head) and head not in ("bset", "bseti", "bclr", "bclri", "binv", "binvi", "bext", "bexti")
    out = []
    for k, o in enumerate(ops):
        m = re.fullmatch(r"(-?\w+)\((\w+)\)", o)
        if m:
            out.append("%d(%s)" % (int(m.group(1), 0), m.group(2)))
            continue
        if head.startswith(("lr", "sc", "amo")) and re.fullmatch(r"\(\w+\)", o):
            out.append("0" + o)
            continue
        if branch and k == len(ops) - 1 and re.fullmatch(r"-?(0x)?[0-9a-f]+", o):
            n = int(o, 0) if o.startswith(("0x", "-")) or pc is None else int(o, 16)
            out.append("%+d" % (((n - (pc or 0)) + 2 ** 31) % 2 ** 32 - 2 ** 31))
            continue
        if o in ALL_CSR and head.startswith("csr"):
            o = "csr%d" % ALL_CSR[o]
        elif head.startswith("csr") and re.fullmatch(r"0x\w+|\d+", o) and k == (0 if head in ("csrw", "csrs", "csrc", "csrwi", "csrsi", "csrci") else 1):
            o = "csr%d" % int(o, 0)
        elif re.fullmatch(r"-?(0x[0-9a-f]+|\d+)", o):
            o = "%d" % int(o, 0)
        if o == "unknown":
            return "-"
        out.append(o)
    if head in ("c.slli64", "c.srli64", "c.srai64"):
        head, out = head[:-2], out + ["0"]
    if head in ("csrw", "csrs", "csrc", "csrrw", "csrrs", "csrrc") and re.fullmatch(r"\d+", out[-1]):
        head += "i"
    if head in IMMEDIATE and out and re.fullmatch(r"-?\d+", out[-1]):
        head = IMMEDIATE[head]
    if out and out[-1] == "dyn":
        out.pop()
    if RM0.match(head) and out[-1] == "rne":
        out.pop()
    if head in ("fsrmi", "fsflagsi") and out[0] == "zero":
        out = out[1:]
    if head == "csrrw" and out == ["zero", "csr3072", "zero"]:
        head, out = "unimp", []        # also without aliases
    if head == "fence" and out == ["iorw", "iorw"]:
        out = []
    return " ".join([head] + [",".join(out)]).strip()


# ---- 1. every row, assembled from our text ----

def table():
    rows = [l.split("\t", 2) for l in run([DRIVER, "enum"]).stdout.splitlines()]
    texts, words = [], []
    for word, row, text in rows:
        head, _, rest = text.partition("\t")
        if re.match(r"(c\.)?(j|jal|beq|bne|blt|bge|bltu|bgeu|beqz|bnez)$", head):
            ops = rest.split(",")
            n = int(ops[-1], 0)
            ops[-1] = ".%+d" % (n - 2 ** 64 if n >> 63 else n)
            rest = ",".join(ops)
        texts.append((".option norvc; %s %s; .option rvc" if len(word) == 8 else "%s %s") % (head, rest))
        words.append(int(word, 16))
    return rows, texts, words


# Lines a tool refuses, by what it says and why that is right.
REFUSALS = [
    ("gnu", r"czero\.", "binutils 2.40 has no Zicond"),
    ("gnu", r"c\.unimp", "spelt unimp"),
    ("gnu", r"c\.(li|lui|slli|mv|add|addi|srli|srai|nop) ?", "HINTs (ISA 16.7) that it does not assemble by this name"),
    ("gnu", r"fence .*\b0\b", "empty fence sets (ISA 2.7) are not written"),
    ("gnu", r"f\w+\.\w+.*,(r\w\w|dyn)$", "rounding modes of exact conversions (ISA 11.7, 12.5) are not written"),
    ("llvm", r"c\.(li|lui|slli|mv|add|addi|srli|srai|nop|addiw) ?", "HINTs (ISA 16.7) that it does not assemble by this name"),
    ("llvm", r"(jal|j|b\w+) ", "a label's distance"),
]


def check_table():
    rows, texts, words = table()
    for tool, have in (("gnu", GNU), ("llvm", LLVM)):
        if not have:
            print("skip table-%s needs %s" % (tool, AS if tool == "gnu" else MC))
            continue
        got = accepted(texts, tool, "table-" + tool)
        if got is None:
            verdict("table-" + tool, ["cannot be read back"])
            continue
        result, refused = got
        bad, passed = [], {}
        for (word, row, text), w, g, t, k in zip(rows, words, result, texts, range(len(rows))):
            if g is None:
                why = next((r[2] for r in REFUSALS if r[0] == tool and re.search(r[1], text.replace("\t", " "))), None)
                if why is None:
                    bad.append("%s: %s: %s" % (word, text, refused.get(k)))
                else:
                    passed[why] = passed.get(why, 0) + 1
            elif g != w:
                bad.append("%s: %s: %s says %x" % (word, text, tool, g))
        for why in sorted(passed):
            print("  %d lines left out by %s: %s" % (passed[why], tool, why))
        verdict("table-" + tool, bad, "%d lines" % len(rows))


# ---- 2. decoding ----

def ours(words, opt=""):
    return run([DRIVER, "dis"] + ([opt] if opt else []), "".join("%x\n" % w for w in words)).stdout.splitlines()


def objdump(words, opt=None):
    out = []
    for line in run([OBJDUMP, "-d"] + (["-M", opt] if opt else []) + [code(words)]).stdout.splitlines():
        m = re.match(r"\s*([0-9a-f]+):\t([0-9a-f]+)\s+(.*)$", line)
        if m:
            out.append(norm(m.group(3), int(m.group(1), 16)))
    return out


def llvm(words):
    text = "".join(" ".join("0x%02x" % b for b in w.to_bytes(4 if w & 3 == 3 else 2, "little")) + "\n" for w in words)
    r = run([MC, "-triple=riscv64", MATTR, "--disassemble", "-M", "no-aliases"], text)
    gone = {int(m.group(1)) - 1 for m in re.finditer(r":(\d+):\d+: warning: (?:invalid|potentially)", r.stderr)}
    lines = [l for l in r.stdout.splitlines() if l.startswith("\t") and not l.startswith("\t.")]
    out, k = [], 0
    for j in range(len(words)):
        if j in gone:
            out.append("-")
        else:
            out.append(norm(lines[k].strip(), None))
            k += 1
    if k != len(lines):
        sys.exit("llvm-mc's lines do not pair up")
    return out


def words32(n, rnd, rows):
    """Of eight words, one is uniform (most are no instruction); three have a row's opcode and are else uniform; two a row's opcode, funct3
    and upper seven bits, with uniform registers; two are rows' words with other operands and none to two bits changed."""
    out = []
    for k in range(n):
        w, kind = rnd.getrandbits(32), k & 7
        row = rows[rnd.randrange(len(rows))]
        if kind in (1, 2, 3):
            w = w & ~0x7f | row & 0x7f
        elif kind in (4, 5):
            w = w & 0x01ff8f80 | row & ~0x01ff8f80
        elif kind in (6, 7):
            w = row ^ w & rnd.choice((0, 0x01f00f80, 0x000fff80, 0xfff00000, 0xffffff80))
            for _ in range(rnd.choice((0, 0, 1, 2))):
                w ^= 1 << rnd.randrange(32)
        w |= 3
        out.append(w ^ 0x10 if w & 0x1f == 0x1f else w)    # longer than 32 bits (ISA 1.5)
    return out


# Words on which an oracle differs: (oracle, test of the word and of both texts, reason).
CLASSES = [
    ("gnu", lambda w, t, u: u.startswith("czero."), "binutils 2.40 has no Zicond"),
    ("gnu", lambda w, t, u: t == "-" and w & 0x7f == 0x53 and RM0.match(u.split()[0]), "fcvt.d.s, .w, .wu with a rounding mode: valid and "
     "without effect (ISA 11.7, 12.5)"),
    ("gnu", lambda w, t, u: w & 0xef83 == 0x6101 and u.startswith("c.addi16sp") and t.startswith("addi sp,sp,"), "c.addi16sp of a number that "
     "GNU as writes as c.addi"),
    ("gnu", lambda w, t, u: t == "-" and u.startswith("fence "), "empty fence sets (ISA 2.7) it does not print"),
    ("llvm", lambda w, t, u: w & 0xef83 == 0x6001 and t.startswith("c.lui zero,-"), "c.lui zero, a HINT, prints its number signed"),
    ("gnu", lambda w, t, u: w == 0x6101, "c.addi16sp 0 is reserved (ISA 16.5)"),
    ("gnu", lambda w, t, u: w < 0x10000 and re.match(r"c\.(slli64|srli64|srai64|nop|li|mv|add|lui|slli|addi|addi16sp)", t), "HINTs (ISA 16.7)"),
    ("gnu", lambda w, t, u: w < 0x10000 and re.match(r"c\.\w+", u) and w & 3 != 3 and u.split()[0] in ("c.addi", "c.slli", "c.srli", "c.srai",
     "c.li", "c.lui", "c.mv", "c.add", "c.nop"), "HINTs (ISA 16.7)"),
    ("gnu", lambda w, t, u: w & 0x7f == 0x73 and u == "-" and re.match(r"(hfence|sfence|sinval|hinval|hlv|hsv|uret|dret|mnret|hret)", t),
     "privileged instructions beyond sret, mret, wfi and sfence.vma (volume II) are not in the table"),
    ("llvm", lambda w, t, u: u == "-" and re.match(r"(hfence|sfence|sinval|hinval|hlv|hsv|uret|dret|mnret|sctrclr)", t),
     "privileged instructions beyond sret, mret, wfi and sfence.vma (volume II) are not in the table"),
    ("llvm", lambda w, t, u: u == "-" and w & 0xf07f == 0x6001 or w & 0xf003 == 0x6001 and t.startswith("c.lui"), "c.lui 0 is reserved (ISA 16.5)"),
    ("llvm", lambda w, t, u: u == "-" and w & 0x707f == 0x000f, "fences with reserved fields (ISA 2.7)"),
]


class Comparison:
    """What one oracle says of sets of words, counted."""

    def __init__(self, name, oracle):
        self.name, self.oracle, self.bad, self.passed, self.n = name, oracle, [], {}, 0

    def add(self, words, them, us):
        self.n += len(words)
        if not len(words) == len(them) == len(us):
            self.bad.append("%d words, %d lines of the oracle, %d of ours" % (len(words), len(them), len(us)))
            return
        for w, t, u in zip(words, them, us):
            if t == u:
                continue
            why = next((c[2] for c in CLASSES if c[0] == self.oracle and c[1](w, t, u)), None)
            if why is None:
                self.bad.append("%0*x: %s says '%s', we say '%s'" % (8 if w & 3 == 3 else 4, w, self.oracle, t, u))
            else:
                self.passed[why] = self.passed.get(why, 0) + 1

    def tell(self):
        for why in sorted(self.passed):
            print("  %d words: %s" % (self.passed[why], why))
        verdict(self.name, self.bad, "%d words" % self.n)


BATCH = 250000


def check_decode():
    rnd = random.Random(SEED)
    rows = sorted({int(w, 16) for w, _, _ in (l.split("\t", 2) for l in run([DRIVER, "enum"]).stdout.splitlines()) if len(w) == 8})
    sets = [("16-bit", 0), ("32-bit", WORDS)]
    for what, n in sets:
        gnu, plain, mc = (Comparison("decode-%s-%s" % (what, o), o[:4].rstrip("-")) for o in ("gnu", "gnu-no-aliases", "llvm"))
        for at in range(0, max(n, 1), BATCH):
            words = words32(min(BATCH, n - at), rnd, rows) if n else [w for w in range(65536) if w & 3 != 3]
            us = [norm(u) for u in ours(words, "n")]
            if GNU:
                gnu.add(words, objdump(words), [norm(u) for u in ours(words)])
                plain.add(words, objdump(words, "no-aliases"), us)
            if LLVM:
                mc.add(words, llvm(words), us)
        for c, have, tool in ((gnu, GNU, AS), (plain, GNU, AS), (mc, LLVM, MC)):
            if have:
                c.tell()
            else:
                print("skip %s needs %s" % (c.name, tool))


if __name__ == "__main__":
    if GNU:
        gnu_csrs()
    check_table()
    check_decode()
