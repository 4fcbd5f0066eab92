"""What suite.sh runs for RISC-V: rv64.py FOLDER IDEM TIER.
  rv64/lines.txt  statements, each a unit of its own (\\n parts its lines), must give what GNU as gives: bytes, relocations, symbols
  ATTRIBUTES      e_flags and .riscv.attributes of GNU as, by options and directives
  rv64/refuse.txt statement => message
  cc -S           assembles to the object of cc -c, with idem as and with GNU as
  objdump -d      is GNU objdump's text, for objects of idem and of gcc"""
import glob, os, re, shutil, subprocess, sys

from same import differences

T, IDEM, TIER = sys.argv[1] + "/", sys.argv[2], sys.argv[3]
HERE = os.path.dirname(__file__)
AS, GCC, OBJDUMP, READELF = ("riscv64-linux-gnu-" + x for x in ("as", "gcc", "objdump", "readelf"))
GNU = [AS, "-mno-relax", "-misa-spec=20191213"]
OURS = [IDEM, "as", "-target", "riscv64-linux-gnu"]
ISA = "-march=rv64gc_zihintpause_zba_zbb_zbc_zbs"
ALL = TIER == "all"


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


def lines():
    bad, n = [], 0
    for text in units(HERE + "/rv64/lines.txt"):
        with open(T + "l.s", "w") as f:
            f.write(text + '\n.section .note.GNU-stack,"",@progbits\n')
        n += 1
        g, u = run(GNU + [ISA, T + "l.s", "-o", T + "g.o"]), run(OURS + [ISA, T + "l.s", "-o", T + "u.o"])
        if g.returncode or u.returncode:
            bad.append("%r: %s" % (text, (g.stderr if g.returncode else u.stderr)))
            continue
        d = same(T + "u.o", T + "g.o")
        if d:
            bad.append("%r: %s" % (text, d))
    tell("rv64/lines.txt", bad, "%d units" % n)


ATTRIBUTES = [
    ("", "nop"), ("-march=rv64imac", "nop"), ("-march=rv64imafd -mabi=lp64", "nop"), ("-march=rv64gc -mabi=lp64", "nop"),
    ("-march=rv64i", ".option rvc\nnop"), ("-march=rv64gc", ".option norvc\nnop"),
    ("-march=rv64gc", ".option arch, +zba\nsh1add a0,a0,a0"), ("-march=rv64gc", ".option push\n.option arch, +zba\nsh1add a0,a0,a0\n.option pop"),
    ("-march=rv64gc", ".option arch, rv64i\nnop"), ("-march=rv64gc", '.attribute arch, "rv64i_zba"\nnop'),
    ("-march=rv64gc", '.attribute Tag_RISCV_arch, "rv64imac"'), ("-march=rv64i", '.attribute arch, "rv64gc"'),
    ("-march=rv64gc", ".attribute stack_align, 8\n.attribute unaligned_access, 1\n.attribute priv_spec, 1\n.attribute priv_spec_minor, 11"),
    ("-march=rv64gc", ".attribute 4, 16\n.attribute unaligned_access, 0\n.attribute Tag_RISCV_priv_spec_revision, 0"),
    ("-march=rv64gc", '.attribute 65, "hello"\n.attribute 64, 5\n.attribute 67, "x"'), ("-march=rv64gc -mno-arch-attr", "nop"),
    ("-march=rv64gc -mno-arch-attr", ".attribute stack_align, 16"), ("-march=rv64i_zmmul", "mul a0,a0,a0"),
    ("-march=rv64gc_zba_zbb_zbc_zbs", ".option arch, -zba, -c\nnop"), ("-march=rv64gc_zihintpause", "pause"),
    ("-march=rv64i", ".option push\n.option rvc\nnop\n.option pop"), ("-march=rv64imafdc", ".option arch, +zbb1p0, +zbs\nnop"),
    ("-march=rv64gc -fpic", "la a0,x"), ("-march=rv64gc -fpic -fno-pic", "la a0,x"),
]


def attributes():
    bad = []
    for opts, text in ATTRIBUTES:
        with open(T + "a.s", "w") as f:
            f.write(text + "\n")
        opts = opts.split() or ["-march=rv64gc"]
        g, u = run(GNU + opts + [T + "a.s", "-o", T + "g.o"]), run(OURS + opts + [T + "a.s", "-o", T + "u.o"])
        shown = [[re.sub(r"(?<=^000000000000|^000000000004)  \w+", "", l.strip()) for l in run([READELF, "-hAr", T + x]).stdout.splitlines() if re.search(r"Flags:|Tag_|R_RISCV", l)] for x in ("u.o", "g.o")]
        if g.returncode or u.returncode or shown[0] != shown[1]:
            bad.append("%s %r: %s\n%s\n%s" % (opts, text, g.stderr + u.stderr, *shown))
    tell("rv64 attributes and flags", bad, "%d" % len(ATTRIBUTES))


def refuse():
    bad, n = [], 0
    for unit in units(HERE + "/rv64/refuse.txt"):
        text, _, want = unit.partition(" => ")
        with open(T + "r.s", "w") as f:
            f.write(text + "\n")
        n += 1
        p = run(OURS + [T + "r.s", "-o", T + "r.o"])
        if p.returncode != 1 or want not in p.stderr or os.path.exists(T + "r.o"):
            bad.append("%r: wanted '%s', status %d: %s" % (text, want, p.returncode, p.stderr))
    tell("rv64/refuse.txt", bad, "%d units" % n)


def compile(c, opts, out):
    return run([IDEM, "cc", "-target", "riscv64-linux-gnu", "-w", "-Isrc", "-I.", "-Irt/include", c, "-o", out] + opts).returncode == 0


def round_trip(files, options):
    n, bad = 0, []
    tools = [OURS] + ([GNU] if shutil.which(AS) else [])
    for c in files:
        for o in options:
            if not compile(c, [o, "-c"], T + "c.o"):
                continue
            n += 1
            p = "cc -S fails" if not compile(c, [o, "-S"], T + "c.s") else ""
            if not p and re.search("\t# ", open(T + "c.s", errors="replace").read()):
                p = "bytes that are no text"
            for tool in tools:
                q = run(tool + [T + "c.s", "-o", T + "s.o"]) if not p else None
                p = p or q.stderr if q is None or q.returncode else same(T + "c.o", T + "s.o")
            if p:
                bad.append("%s %s: %s" % (c, o, p))
    tell("rv64 cc -S assembles to the object of cc -c", bad, "%d times, %d assemblers" % (n, len(tools)))


# binutils 2.40 prints what 2.41 and the manual call addi as add, and so on; c.nop is c.addi x0,0 there.
IMMEDIATE = {x: y for x, y in zip("add addw sll srl sra sllw srlw sraw and or xor slt sltu".split(),
                                  "addi addiw slli srli srai slliw srliw sraiw andi ori xori slti sltiu".split())}


def listing(text):
    out = []
    for l in text.splitlines():
        l = re.sub(r"<[^>]*>", "<>", l).rstrip()
        m = re.match(r"(\s*[0-9a-f]+:\t[0-9a-f]+\s+\t)(\S+)(\t.*,-?(?:0x[0-9a-f]+|\d+)(?: #.*)?)$", l)
        if m and m[2] in IMMEDIATE:
            l = m[1] + IMMEDIATE[m[2]] + m[3]
        out.append(re.sub(r"c\.addi\t(x0|zero),0$", "c.nop", l))
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
        for opts in (["-dr"], ["-d", "-M", "no-aliases,numeric"]):
            a, b = (listing(run(cmd + opts + [T + "d.o"]).stdout) for cmd in ([IDEM, "objdump"], [OBJDUMP]))
            if a != b:
                k = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
                bad.append("%s %s\nours:   %s\ntheirs: %s" % (c, opts, *(t[k] if k < len(t) else "ends" for t in (a, b))))
    tell("rv64 objdump -d equals GNU's", bad, "%d objects" % n)


run_c = sorted(glob.glob("tests/run/*.c"))
mine = sorted(glob.glob("src/*/*.c") + glob.glob("arch/rv64/*.c"))
refuse()
round_trip(run_c[::4 if ALL else 40] + mine[::4 if ALL else 40], ["-O0", "-O1"] if ALL else ["-O1"])
if shutil.which(AS):
    lines()
    attributes()
    objdump(run_c[::3 if ALL else 30] + mine[::4 if ALL else 40])
else:
    print("skip rv64 needs " + AS)
