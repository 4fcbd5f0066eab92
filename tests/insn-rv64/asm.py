"""The rv64 assembler against riscv64-linux-gnu-as: prints ok, not ok and skip lines. Usage: asm.py DRIVER FOLDER SEED."""
import glob, os, random, re, shutil, sys

from common import run, verdict

DRIVER, T, SEED = sys.argv[1], sys.argv[2], int(sys.argv[3])
AS, OBJDUMP, READELF, GCC = ("riscv64-linux-gnu-" + x for x in ("as", "objdump", "readelf", "gcc"))
MARCH = "rv64gc_zba_zbb_zbc_zbs"
ALL = os.environ.get("TIER") == "all"
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")


def assemble(text, tool, tag, march=MARCH):
    src, obj = "%s/%s-%s.s" % (T, tag, tool), "%s/%s-%s.o" % (T, tag, tool)
    with open(src, "w") as f:
        f.write(text)
    if os.path.exists(obj):
        os.remove(obj)
    r = run([DRIVER, "as", src, obj] if tool == "ours" else [AS, "-march=" + march, src, "-o", obj])
    return (obj if r.returncode == 0 else None), r.stderr


def ours(text, tag, march=MARCH):
    return assemble('.attribute arch, "%s"\n' % march + text, "ours", tag)


def gnu(text, tag, march=MARCH):
    return assemble(".option norelax\n" + text, "gnu", tag, march)


def sections(obj):
    """Name -> bytes of the sections that are loaded."""
    out = {}
    for m in re.finditer(r"^\s*\[\s*\d+\] (\S+)\s+(PROGBITS|INIT_ARRAY)\s+\S+ (\S+) (\S+) \S+\s+\w*A", run([READELF, "-SW", obj]).stdout, re.M):
        with open(obj, "rb") as f:
            f.seek(int(m.group(3), 16))
            out[m.group(1)] = f.read(int(m.group(4), 16))
    return out


# Relocations of distances inside a section, which GNU as leaves to a linker that may relax and we resolve.
LOCAL = re.compile(r"R_RISCV_(BRANCH|JAL|RVC_BRANCH|RVC_JUMP)\s")


def relocs(obj):
    """(section, offset, type, symbol or its place, addend); symbols that have no name of their own by their place."""
    syms = {}
    names = {}
    for m in re.finditer(r"^\s*\[\s*(\d+)\] (\S+)", run([READELF, "-SW", obj]).stdout, re.M):
        names[m.group(1)] = m.group(2)
    text = run([READELF, "-sW", obj]).stdout
    for m in re.finditer(r"^\s*(\d+): (\w+)\s+\d+ (\w+)\s+(\w+)\s+\w+\s+(\w+) ?(.*)$", text, re.M):
        syms[int(m.group(1))] = (m.group(6).strip(), names.get(m.group(5), m.group(5)), int(m.group(2), 16), m.group(3), m.group(4))
    out, sec = [], None
    for line in run([READELF, "-rW", obj]).stdout.splitlines():
        m = re.match(r"Relocation section '\.rela(\S+)'", line)
        if m:
            sec = m.group(1)
        m = re.match(r"([0-9a-f]{16})\s+([0-9a-f]{16}) (R_\w+)\s*(.*)$", line)
        if not m or sec.startswith(".debug"):
            continue
        number = int(m.group(2), 16) >> 32
        name, where, value, kind, bind = syms.get(number, ("", "", 0, "", ""))
        add = re.search(r"([+-]) ([0-9a-f]+)$", m.group(4))
        addend = int(add.group(1) + add.group(2), 16) if add else int(m.group(4) or "0", 16)
        if LOCAL.match(m.group(3) + " ") and where == sec:
            continue
        if where not in ("UND", "ABS", "COM", "") and bind == "LOCAL":
            who = "%s+%x" % (where, value)
        else:
            who = name
        out.append((sec, int(m.group(1), 16), m.group(3), who, addend, kind if where == "UND" and kind == "TLS" else ""))
    return sorted(out)


other = []


OPPOSITE = {"beq": "bne", "beqz": "bnez", "blt": "bge", "bltu": "bgeu", "bgtz": "blez", "bltz": "bgez"}
OPPOSITE.update({v: k for k, v in list(OPPOSITE.items())})


def listing(obj):
    """Instructions, branch targets by label, a branch over a jump as the opposite branch: what stays when lengths change."""
    labels, rows = {}, []
    for line in run([OBJDUMP, "-t", obj]).stdout.splitlines():
        m = re.match(r"([0-9a-f]{16}) .{7} \.text\s+[0-9a-f]+ (\S+)$", line)
        if m and not m.group(2).startswith("$"):
            at = int(m.group(1), 16)
            labels[at] = min(labels.get(at, "~"), m.group(2))
    for line in run([OBJDUMP, "-d", obj]).stdout.splitlines():
        m = re.match(r"\s*([0-9a-f]+):\t([0-9a-f]+)\s+(\S+)\s*([^#<]*)", line)
        if not m:
            continue
        at, head, ops = int(m.group(1), 16), m.group(3), m.group(4).strip()
        target = None
        if re.match(r"(j|jal|b(eq|ne|lt|ge)\w*|blez|bgtz)$", head):
            ops, _, t = ops.rpartition(",")
            target = int(t, 16)
        rows.append([at, len(m.group(2)) // 2, head, ops, target])
    out, k = [], 0
    while k < len(rows):
        at, n, head, ops, target = rows[k]
        if head == "nop":              # padding follows the lengths
            k += 1
            continue
        if head in OPPOSITE and k + 1 < len(rows) and rows[k + 1][2] == "j" and target == rows[k + 1][0] + rows[k + 1][1]:
            head, target = OPPOSITE[head], rows[k + 1][4]
            k += 1
        out.append((head, ops, labels.get(target, "?") if target is not None else ""))
        k += 1
    return out


def settle(rels, data):
    """A distance inside a section told by an ADD and a SUB becomes its number, as the other side has it."""
    out = list(rels)
    for r in rels:
        m = re.match(r"R_RISCV_ADD(8|16|32|64)$", r[2])
        if not m:
            continue
        n = int(m.group(1)) // 8
        pair = [s for s in out if s[:3] == (r[0], r[1], "R_RISCV_SUB" + m.group(1))]
        ends = [re.match(r"(\.[\w.]+)\+([0-9a-f]+)$", e[3]) for e in [r] + pair]
        if len(pair) != 1 or not all(ends) or ends[0].group(1) != ends[1].group(1):
            continue
        v = int(ends[0].group(2), 16) + r[4] - int(ends[1].group(2), 16) - pair[0][4]
        data[r[0]] = data[r[0]][:r[1]] + (v % (1 << 8 * n)).to_bytes(n, "little") + data[r[0]][r[1] + n:]
        out.remove(r)
        out.remove(pair[0])
    return out


def compare(text, tag, march=MARCH):
    """What differs between the two objects of a text."""
    a, e1 = ours(text, tag, march)
    b, e2 = gnu(text, tag, march)
    if not a or not b:
        return ["%s: ours: %s" % (tag, e1.strip()[:300] if not a else "assembles"), "%s: gnu: %s" % (tag, e2.strip()[:300] if not b else "assembles")]
    bad = []
    x, y = sections(a), sections(b)
    r, s = settle(relocs(a), x), settle(relocs(b), y)
    for sec, at, kind, _, _, _ in relocs(a):
        keep = 0x01fff07f if kind.endswith("_S") else 0x000fffff if kind.endswith("_I") else 0xfff
        if re.search(r"JAL$|LO12|HI20", kind):  # GNU as leaves in some fields what it knows so far
            for z in (x, y):
                if at + 4 <= len(z.get(sec, b"")):
                    w = int.from_bytes(z[sec][at:at + 4], "little") & keep
                    z[sec] = z[sec][:at] + w.to_bytes(4, "little") + z[sec][at + 4:]
    for name in sorted(set(x) | set(y)):
        p, q = x.get(name, b""), y.get(name, b"")
        tail = q[len(p):]
        if p == q or (q.startswith(p) and len(tail) < 16 and not tail.replace(b"\x13\0\0\0", b"").replace(b"\1\0", b"").strip(b"\0")):
            continue                   # GNU as fills code sections up to their alignment
        if name == ".text" and len(p) != len(q) and listing(a) == listing(b):
            other.append(tag)          # GNU as begins with long forward branches and may stay with some: both are right
            return []
        k = next((k for k in range(min(len(p), len(q))) if p[k] != q[k]), min(len(p), len(q)))
        k &= ~1
        bad.append("%s: %s differs at %#x: %s and gnu's %s" % (tag, name, k, p[k:k + 8].hex(), q[k:k + 8].hex()))
    for k in [k for k in r if k not in s][:4]:
        bad.append("%s: only ours has %s" % (tag, k))
    for k in [k for k in s if k not in r][:4]:
        bad.append("%s: only gnu has %s" % (tag, k))
    return bad


def enum():
    return [l.split("\t", 2) for l in run([DRIVER, "enum"]).stdout.splitlines()]


def relative(text):
    head, _, rest = text.partition("\t")
    if re.match(r"(c\.)?(j|jal|b\w+)$", head) and rest:
        ops = rest.split(",")
        if re.fullmatch(r"0x[0-9a-f]+", ops[-1]) and head not in ("bset", "bseti", "bclr", "bclri", "binv", "binvi", "bext", "bexti"):
            n = int(ops[-1], 0)
            ops[-1] = ".%+d" % (n - 2 ** 64 if n >> 63 else n)
            return head + " " + ",".join(ops)
    return text.replace("\t", " ")


def words_of(obj, n):
    data = sections(obj).get(".text", b"")
    out, at = [], 0
    while at + 1 < len(data):
        k = 4 if data[at] & 3 == 3 else 2
        out.append(int.from_bytes(data[at:at + k], "little"))
        at += k
    return out if len(out) == n else None


def test_texts():
    """Every row's own text and every text with aliases gives the row's bytes back."""
    rows = enum()
    for opt, name in (("ne", "text-comes-back"), ("e", "alias-text-comes-back")):
        texts = run([DRIVER, "dis", opt], "".join(r[0] + "\n" for r in rows)).stdout.splitlines()
        lines = []
        for (word, _, _), t in zip(rows, texts):
            t = relative(t)
            lines.append(".option norvc; %s; .option rvc" % t if len(word) == 8 else t)
        obj, err = ours("\n".join(lines) + "\n", "texts", MARCH + "_zicond")
        if not obj:
            verdict(name, err.splitlines()[:12])
            continue
        got = words_of(obj, len(rows))
        if got is None:
            verdict(name, ["another number of instructions"])
            continue
        verdict(name, ["%s: %s gives %x" % (w, t, g) for (w, _, _), t, g in zip(rows, lines, got) if int(w, 16) != g], "%d lines" % len(rows))


def test_compression():
    """What GNU as makes 16 bits long, and nothing else."""
    rows = [r for r in enum() if not re.match(r"czero|fence\s.*\b0\b|c\.|fcvt\.d\.(s|w|wu)\t|jalr", r[2]) and not re.search(r"fence\t(0,|\w+,0)", r[2])]
    rows = [r for r in rows if not re.match(r"(jal|b\w+)\t", relative(r[2]).replace(" ", "\t", 1)) or "." not in relative(r[2])]
    texts = [r[2].replace("\t", " ") for r in rows]
    a, e1 = ours("\n".join(texts) + "\n", "rvc")
    b, e2 = gnu("\n".join(texts) + "\n", "rvc")
    if not a or not b:
        verdict("compression", (e1 + e2).splitlines()[:12])
        return
    x, y = words_of(a, len(texts)), words_of(b, len(texts))
    if not x or not y:
        verdict("compression", ["another number of instructions"])
        return
    verdict("compression", ["%s: %x, gnu %x" % (t, p, q) for t, p, q in zip(texts, x, y) if p != q], "%d lines" % len(texts))


def test_li():
    rnd = random.Random(SEED)
    values = [0, 1, -1, 2047, 2048, -2048, -2049, 0x7ffff7ff, 0x7ffff800, 0x7fffffff, 0x80000000, 0xffffffff, -2 ** 31, -2 ** 31 - 1, 2 ** 63 - 1,
              -2 ** 63, 0x8000000000000001, 0x123456789abcdef0]
    values += [1 << k for k in range(64)] + [(1 << k) - 1 for k in range(64)] + [-(1 << k) for k in range(63)]
    values += [rnd.getrandbits(64) >> rnd.randrange(64) << rnd.randrange(12) & 2 ** 64 - 1 for _ in range(600)]
    verdict("li", compare("".join("li a0,%d\n" % v if k % 2 else "li t6,%#x\n" % (v & 2 ** 64 - 1) for k, v in enumerate(values)), "li"),
            "%d numbers" % len(values))
    # What the lanes use: run by hand here.
    bad, longer = [], 0
    lines = run([DRIVER, "li"], "".join("%d\n" % ((v + 2 ** 63) % 2 ** 64 - 2 ** 63) for v in values)).stdout.splitlines()
    for line in lines:
        v, words = line.split("\t")
        x = 0
        for w in (int(w, 16) for w in words.split()):
            imm = (w >> 20) - (0x1000 if w >> 31 else 0)
            op, f3, sh = w & 0x7f, w >> 12 & 7, w >> 20 & 63
            rs = 0 if w >> 15 & 31 == 0 else x
            if op == 0x37:
                x = (w & 0xfffff000) - (2 ** 32 if w >> 31 else 0)
            elif op == 0x1b:
                x = (rs + imm + 2 ** 31) % 2 ** 32 - 2 ** 31
            elif op == 0x13 and f3 == 0:
                x = rs + imm
            elif op == 0x13 and f3 == 1 and w >> 26 == 0:
                x = rs << sh
            elif op == 0x13 and f3 == 5 and w >> 26 == 0:
                x = (rs % 2 ** 64) >> sh
            elif op == 0x13 and f3 == 1 and w >> 26 == 0x28 >> 2:
                x = rs | 1 << sh
            elif op == 0x3b and w >> 25 == 4:
                x = rs % 2 ** 32
            else:
                bad.append("%s: %x" % (v, w))
            x = (x + 2 ** 63) % 2 ** 64 - 2 ** 63
        if x != int(v):
            bad.append("%s becomes %d" % (v, x))
    verdict("li-of-the-lanes", bad, "%d numbers" % len(lines))


PROGRAM = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "input", "pseudo.s")).read()


def test_branches():
    bad = []
    texts = {
        "c.j": "j", "c.beqz": "beqz a0,", "c.bnez": "bnez s1,", "beq": "beq a0,a1,", "bgt": "bgt a0,a1,", "bltu": "bltu t0,t1,",
        "beqz-high": "beqz t0,", "jal": "jal ra,", "c.beqz explicit": "c.beqz a5,",
    }
    for name, head in texts.items():
        for d in (250, 252, 254, 256, 258, 2040, 2044, 2046, 2048, 2050, 4086, 4090, 4092, 4094, 4096, 4100, 70000):
            both = "%s 1f\n.space %d\n1: nop\n" % (head, d)
            both += "2: nop\n.space %d\n%s 2b\nnop\n" % (d, head)
            bad += compare(both, "branch")
        if bad:
            break
    # Many that depend on each other, and an alignment between.
    rnd = random.Random(SEED)
    for k in range(12):
        n = 300
        lines = []
        for j in range(n):
            lines.append("L%d:" % j)
            lines.append(rnd.choice(["nop", "add t0,t1,t2", "nop\n" * rnd.randrange(30), "beqz a0,L%d" % rnd.randrange(n),
                                     "j L%d" % rnd.randrange(n), "bne a1,a2,L%d" % rnd.randrange(n), "bnez a3,L%d" % rnd.randrange(n),
                                     "fence\n.balign 8" if k % 3 == 0 else "li a0,12345", "call L%d" % rnd.randrange(n)]))
        bad += compare("\n".join(lines) + "\n", "mixed")
    verdict("branch-lengths", bad, "%d of 12 random ones of another length than GNU as's" % len(other))


def test_norvc():
    plain = re.sub(r"^(c\.|unimp).*$", "", PROGRAM, flags=re.M)
    verdict("norvc", compare(".option norvc\n" + plain, "norvc"))
    soft = re.sub(r"^(fl|fs|f\w+\.[sd]|fmv|fcvt|fr|c\.f).*$", "", PROGRAM, flags=re.M)
    verdict("without-float-and-zbb", compare(soft, "soft", "rv64imac_zicsr_zifencei"))


BAD = [
    ("frob a0", "unknown instruction 'frob'"), ("add a0,a1", "operands do not belong"), ("addi a0,a0,2048", "2048 is not in -2048 to 2047"),
    ("lui a0,0x100000", "not in"), ("slli a0,a0,64", "64 is not in 0 to 63"), ("slliw a0,a0,32", "32 is not in 0 to 31"),
    ("fadd.s fa0,fa1,a2", "operands do not belong"), ("lw a0,4(fa0)", "unexpected text"), ("c.addi a0,40", "not in"), ("c.lw a0,2(a1)", "multiple of 4"),
    ("c.lw t0,4(a1)", "no encoding"), ("csrr a0,nosuch", "unknown control register 'nosuch'"), ("csrr a0,4096", "0 to 4095"),
    ("fadd.s fa0,fa1,fa2,rxx", "rounding mode"), ("fence iw,x", "iorw"), ("amoadd.w a0,a1,4(a2)", "offset"), ("addi a0,a0,%foo(x)", "unknown operator"),
    ("addi a0,a0,%hi(x)", "does not belong"), ("lui a0,%lo(x)", "does not belong"), ("addi a0,a0,x", "constant"), ("li a0,x", "constant"),
    (".option arch, +zfoo", "unknown extension 'zfoo'"), (".option frob", "unknown option"), (".option pop", "without push"),
    (".option arch, -zba\nsh1add a0,a1,a2", "needs extension 'zba'"), (".option arch, rv64i\nmul a0,a1,a2", "needs extension 'm'"),
    (".option arch, rv64ifd\nc.nop", "needs extension 'c'"), ("add.aq a0,a1,a2", "unknown instruction"), ("lw a0,", "expected an operand"),
    ("addi a0,,1", "expected an operand"), ("j 1f", "no label"), ("beq a0,a1,x+1\nx:", "too far"), ('.attribute arch, "rv32i"', "32-bit"),
    ("lui a0,%hi(0x1234567890)", "does not fit 32 bits"), ("c.addi16sp a0,16", "no encoding"), ("jal 5(a0)", "operands"),
    ("lw a0,%lo(x", "expected ')'"), ("li a0", "operands"), ("call 4(a0)", "operands"), ("c.lui sp,1", "no encoding"), ("c.mv a0,zero", "no encoding"),
]


def test_messages():
    bad = []
    for text, want in BAD:
        obj, err = ours(text + "\n", "bad")
        if obj or want not in err:
            bad.append("%r: wants '%s', got '%s'" % (text, want, err.strip()[:200]))
    verdict("messages", bad, "%d lines" % len(BAD))


MARCHES = [
    ("rv64gc", "rv64i2p1_m2p0_a2p1_f2p2_d2p2_c2p0_zicsr2p0_zifencei2p0_zmmul1p0"), ("rv64i", "rv64i2p1"), ("rv64imac_zicsr_zba", "rv64i2p1_m2p0_a2p1_c2p0_zicsr2p0_zmmul1p0_zba1p0"),
    ("rv64i2p1_m2p0_zba1p0", "rv64i2p1_m2p0_zmmul1p0_zba1p0"), ("rv64id", "rv64i2p1_f2p2_d2p2_zicsr2p0"), ("rv64gcb", "rv64i2p1_m2p0_a2p1_f2p2_d2p2_c2p0_zicsr2p0_zifencei2p0_zmmul1p0_zba1p0_zbb1p0_zbs1p0"),
    ("rv64gc_zbs_zba_zicond", "rv64i2p1_m2p0_a2p1_f2p2_d2p2_c2p0_zicond1p0_zicsr2p0_zifencei2p0_zmmul1p0_zba1p0_zbs1p0"),
    ("rv64i_zfoo", "unknown extension 'zfoo' in 'rv64i_zfoo'; known are i, m,"), ("rv64gv", "unknown extension 'v'"), ("rv32i", "'rv32i' is a 32-bit"),
    ("rv64m", "does not begin with"), ("rv64i_", "no extension behind '_'"), ("x", "does not begin with"), ("rv64gc_zba9p9", "zba1p0"), ("rv64i2p", "unknown extension 'p'"),
    ("rv64i__m", "no extension behind '_'"), ("rv64i_zba_zba", "rv64i2p1_zba1p0"),
]


def test_march():
    bad = []
    for s, want in MARCHES:
        got = run([DRIVER, "march", s]).stdout.strip()
        if want not in got or (want.startswith("rv64") and got != want and s != "rv64gc_zba9p9"):
            bad.append("%s: %s" % (s, got))
    verdict("march", bad)


def test_mutation():
    """Damaged text is refused or read, never worse."""
    rnd = random.Random(SEED)
    lines = PROGRAM.splitlines()
    bad = []
    for k in range(60):
        out = []
        for line in rnd.sample(lines, 60):
            b = list(line)
            for _ in range(rnd.randrange(4)):
                at = rnd.randrange(len(b) + 1)
                b[at:at + rnd.randrange(3)] = rnd.choice(["", "(", ")", ",", "%", "%lo(", "a0", "-", "0x", "sp)", "\"", "'", ".", "1f", " ", "999999999999", "\\"])
            out.append("".join(b))
        src = T + "/mut.s"
        with open(src, "w") as f:
            f.write("\n".join(out) + "\n")
        r = run([DRIVER, "as", src, T + "/mut.o"])
        if r.returncode not in (0, 1):
            bad.append("status %d: %s" % (r.returncode, r.stderr[-200:]))
    verdict("mutated-text", bad)


def test_gcc():
    """What a C compiler writes."""
    bad, n = [], 0
    del other[:]
    files = ["src/base/sf_text.c", "src/base/softfloat.c", "src/as/expr.c", "src/pp/lex.c", "rt/fmt.c", "src/base/sha256.c",
             "tests/insn-rv64/input/kinds.c"]
    three = ("-O0", "-O2 -march=rv64gc_zba_zbb_zbc_zbs -mabi=lp64d", "-Os -fPIC")
    corpus = sorted(os.path.relpath(f, ROOT) for f in glob.glob(ROOT + "/tests/run/*.c"))[::3 if ALL else 25]
    for f, opts in [(f, three) for f in files] + [(f, ("-O0", "-O2")) for f in corpus]:
        for opt in opts:
            s = T + "/gcc.s"
            r = run([GCC, "-S", "-w", "-mno-relax", "-fno-asynchronous-unwind-tables"] + (["-ffreestanding"] if f in files else []) + [ "-I" + ROOT + "/src", "-I" + ROOT, os.path.join(ROOT, f), "-o", s] + opt.split())
            if r.returncode:
                if f in files:
                    bad.append(r.stderr[:300])
                continue
            with open(s) as g:
                text = g.read()
            bad += compare(text, "gcc", "rv64gc")
            n += 1
    verdict("gcc-output", bad, "%d files, %d of another length than GNU as's" % (n, len(other)))


def test_run():
    """The driver itself: C by gcc, assembled by us, linked by GNU ld, run by qemu; it then assembles one of its own files again."""
    files = [f for d in ("rt", "src/base", "src/obj", "src/as", "src/ir", "src/gen", "arch/rv64") for f in sorted(glob.glob("%s/%s/*.c" % (ROOT, d)))]
    files = [f for f in files if not f.endswith("rt/str.c")] + [ROOT + "/tests/insn-rv64/driver.c", T + "/host.c"]
    with open(T + "/host.c", "w") as f:
        f.write("long rt_syscall(long n) { return -38 + 0 * n; }\n"
                "unsigned rt_cas32(void *p, unsigned old, unsigned new) { return __sync_val_compare_and_swap((unsigned *)p, old, new); }\n"
                "unsigned long rt_cas64(void *p, unsigned long old, unsigned long new)\n"
                "{ return __sync_val_compare_and_swap((unsigned long *)p, old, new); }\n")
    objs, bad = [], []
    for k, f in enumerate(files):
        s = "%s/run%d" % (T, k)
        r = run([GCC, "-w", "-O1", "-S", "-I" + ROOT + "/src", "-I" + ROOT, "-I" + ROOT + "/arch/rv64", f, "-o", s + ".s"])
        r = run([DRIVER, "as", s + ".s", s + ".o"]) if r.returncode == 0 else r
        if r.returncode:
            bad.append("%s: %s" % (f, r.stderr[:300]))
        objs.append(s + ".o")
    r = run([GCC, "-static", "-o", T + "/run"] + objs) if not bad else None
    if r is not None and r.returncode:
        bad.append(r.stderr[:600])
    if not bad:
        r = run(["qemu-riscv64", T + "/run", "self"])
        bad += [l for l in r.stdout.splitlines() if not l.startswith("ok ")] + ([r.stderr[:300]] if r.returncode else [])
        s = objs[0][:-2] + ".s"
        r = run(["qemu-riscv64", T + "/run", "as", s, T + "/again.o"])
        with open(objs[0], "rb") as x:
            if r.returncode or x.read() != open(T + "/again.o", "rb").read():
                bad.append("another object from the guest: " + r.stderr[:200])
    verdict("runs-under-qemu", bad, "%d files" % len(files))


if __name__ == "__main__":
    test_texts()
    test_march()
    test_messages()
    test_mutation()
    if shutil.which(AS):
        test_compression()
        test_li()
        verdict("pseudo", compare(PROGRAM, "pseudo"))
        test_norvc()
        test_branches()
    else:
        print("skip asm-gnu needs " + AS)
    if shutil.which(AS) and shutil.which(GCC):
        test_gcc()
    else:
        print("skip asm-gcc needs " + GCC)
    if shutil.which(GCC) and shutil.which("qemu-riscv64"):
        test_run()
    else:
        print("skip asm-run needs %s and qemu-riscv64" % GCC)
