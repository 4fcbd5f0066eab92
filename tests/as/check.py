"""What suite.sh runs: check.py FOLDER IDEM TIER.
  input/*.s     must give what GNU as gives: bytes, relocations, symbols, attributes (elfcmp.py)
  input/corpus.c and the sources of idem themselves, through gcc -S and clang -S with several options, likewise
  refuse/*.s    "# error: text" stands on each line that must give that message, and no other line may give one
"""
import glob, os, random, re, shutil, subprocess, sys

T, IDEM, TIER = sys.argv[1] + "/", sys.argv[2], sys.argv[3]
HERE = os.path.dirname(__file__)
failed = 0

def run(cmd, **kw):
    return subprocess.run(cmd, capture_output=True, text=True, errors="replace", timeout=60, **kw)

def tell(name, problem):
    global failed
    if problem is None:
        print("ok", name)
    else:
        failed = 1
        print("not ok", name)
        print("   ", problem[:1500].replace("\n", "\n    "))

def compare(path):
    """None, or what differs."""
    if run(["as", "--no-warn", path, "-o", T + "gas.o"]).returncode:
        return ""
    p = run([IDEM, "as", "-W", path, "-o", T + "our.o"])
    if p.returncode:
        return p.stderr
    p = run([sys.executable, HERE + "/elfcmp.py", T + "our.o", T + "gas.o"])
    return p.stdout + p.stderr if p.returncode else None

def refuse(path):
    want = {}
    for n, l in enumerate(open(path), 1):
        m = re.search(r"# error: (.*)", l)
        if m:
            want[n] = m[1].strip()
    p = run([IDEM, "as", path, "-o", T + "bad.o"])
    got = {}
    for m in re.finditer(r"^[^:\n]*:(\d+):\d+: error: (.*)$", p.stderr, re.M):
        got.setdefault(int(m[1]), m[2])
    if p.returncode != 1 or os.path.exists(T + "bad.o"):
        return f"status {p.returncode}, or an object was left"
    wrong = [f"line {n}: wanted '{want.get(n)}', got '{got.get(n)}'" for n in sorted(set(want) | set(got))
             if n not in want or n not in got or want[n] not in got[n]]
    return "\n".join(wrong) or None

def random_branches(seed):
    """Text in which many branches are near the limit of their short form, with alignments between."""
    r = random.Random(seed)
    out = [".text"]
    n = 400
    for i in range(n):
        out.append(f".L{i}:")
        for _ in range(r.randrange(4)):
            out.append(r.choice(["nop", "mov %eax, 8(%rsp)", "movabs $0x123456789abcdef, %rax", ".skip %d, 0x90" % r.randrange(1, 60), "ret"]))
        to = min(n - 1, max(0, i + r.randrange(-8, 9)))
        out.append(r.choice(["jmp", "je", "jg", "jmp", "jnp"]) + f" .L{to}" + r.choice(["", "", "", "+1", "-2"]))
        if r.random() < 0.2:
            out.append(r.choice([".p2align 4", ".p2align 4,,10", ".p2align 3", ".p2align 5,,7", ".balign 32, 0xcc"]))
    return "\n".join(out) + "\n"

for path in sorted(glob.glob(HERE + "/refuse/*.s")):
    tell("refuse/" + os.path.basename(path), refuse(path))

if not shutil.which("as"):
    print("skip as no GNU as")
    sys.exit(failed)
for path in sorted(glob.glob(HERE + "/input/*.s")) + ["arch/x64/start.S", "arch/x64/mem.S"]:
    d = compare(path)
    tell(os.path.basename(path), "GNU as refuses it" if d == "" else d)
for seed in range(60 if TIER == "all" else 12):
    with open(T + "b.s", "w") as f:
        f.write(random_branches(seed))
    d = compare(T + "b.s")
    if d:
        tell(f"random branches, seed {seed}", d)
        break
else:
    tell("random branches", None)

gcc = ["-O0", "-O1", "-O2", "-O3", "-Os -ffunction-sections -fdata-sections", "-O2 -fPIC", "-O2 -fpic -ftls-model=local-dynamic", "-O2 -fPIE -fno-plt",
       "-O2 -fno-pie -mcmodel=medium", "-O2 -mcmodel=large", "-O2 -mfpmath=387", "-O3 -msse4.2 -mmovbe", "-O2 -fcf-protection=full -fstack-protector-all",
       "-O2 -fno-omit-frame-pointer -ftrapv -fno-asynchronous-unwind-tables"]
clang = ["-O0", "-O2", "-O2 -fPIC", "-Os -ffunction-sections", "-O3 -fPIE"]
mine = ["src/base/fmt.c", "src/as/expr.c", "src/base/softfloat.c", "src/obj/elf_write.c", "rt/fmt.c"]
if TIER == "all":
    mine = sorted(glob.glob("src/*/*.c") + glob.glob("arch/x64/*.c"))

def corpus(cc, options, files, extra):
    if not shutil.which(cc):
        print("skip", cc, "not installed")
        return
    n = 0
    for c in files:
        for o in options:
            if run([cc, "-w", "-S", "-Isrc", "-I.", *o.split(), *extra, c, "-o", T + "c.s"]).returncode:
                continue
            n += 1
            d = compare(T + "c.s")
            if d:
                tell(f"{cc} {o} {c}", d)
                return
    tell(f"{cc} -S: {n} files", None)

def round_trip(files, options):
    """cc -S, and back: the object of cc -c."""
    n = remarks = 0
    for c in files:
        for o in options:
            args = [IDEM, "cc", "-w", *o.split(), "-Isrc", "-I.", "-Irt/include", c]
            if run(args + ["-c", "-o", T + "c.o"]).returncode:
                continue
            n += 1
            p = run(args + ["-S", "-o", T + "c.s"])
            p = p if p.returncode else run([IDEM, "as", T + "c.s", "-o", T + "s.o"])
            p = p if p.returncode else run([sys.executable, HERE + "/same.py", T + "c.o", T + "s.o"])
            if p.returncode:
                tell(f"cc -S {o} {c}", p.stdout + p.stderr)
                return
            if re.search("\t# ", open(T + "c.s", errors="replace").read()):
                remarks += 1
    tell(f"cc -S assembles to the object of cc -c: {n} files, {remarks} with bytes that are no text", None if not remarks else "see them")

round_trip(sorted(c for c in mine if os.path.exists(c)) + sorted(glob.glob("tests/run/*.c"))[::1 if TIER == "all" else 12], ["-O0", "-O1"])
def listing(files):
    """objdump -dr against GNU's, the names of places apart (either may choose among several at one address)."""
    n = 0
    for c in files:
        if run([IDEM, "cc", "-w", "-Isrc", "-I.", "-Irt/include", "-c", c, "-o", T + "d.o"]).returncode:
            continue
        n += 1
        text = [re.sub(r"<[^>]*>", "<>", run(cmd + ["-dr", T + "d.o"]).stdout).splitlines() for cmd in ([IDEM, "objdump"], ["objdump"])]
        if text[0] != text[1]:
            k = next((i for i, (x, y) in enumerate(zip(*text)) if x != y), min(map(len, text)))
            tell(f"objdump -dr {c}", "\n".join(f"{who} {t[k] if k < len(t) else 'ends'}" for who, t in zip(("ours:  ", "theirs:"), text)))
            return
    tell(f"objdump -dr equals GNU's: {n} files", None)

listing(sorted(glob.glob("src/*/*.c"))[::1 if TIER == "all" else 12] + sorted(glob.glob("tests/run/*.c"))[::1 if TIER == "all" else 20])
corpus("gcc", gcc, [HERE + "/input/corpus.c"], [])
corpus("clang", clang, [HERE + "/input/corpus.c"], ["-fno-addrsig"])
corpus("gcc", ["-O2"] if TIER == "check" else ["-O0", "-O2", "-O3 -fPIC"], [c for c in mine if os.path.exists(c)], [])
sys.exit(failed)
