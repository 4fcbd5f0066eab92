"""What suite.sh runs: check.py FOLDER IDEM TIER. In the tier `check` every fifth line of the enumeration and fewer random bytes are taken."""
import collections, random, re, shutil, subprocess, sys

T, IDEM, TIER = sys.argv[1] + "/", sys.argv[2], sys.argv[3]
STEP, RANDOM = (1, 150000) if TIER == "all" else (5, 20000)

# Text that objdump spells another way for the same bytes, by row.
SPELT = {"PCLMULQDQ_RMI8", "CRC32_RM1", "CRC32Q_RM", "MOV_MS64", "MOV_SM64", "MWAIT_ZO", "MONITOR_ZO"}
# Where llvm-mc chooses other bytes of the same meaning than GNU as: operand order of xchg, REX.W on segment moves, 66 behind rep.
LLVM = {"XCHG_MR", "MOV_MS64", "MOV_MS", "MOV_SM64", "STRSTOS_ZO", "STRSCAS_ZO", "STRMOVS_ZO", "STRCMPS_ZO", "STRLODS_ZO", "LEAVE_ZO", "INT1_ZO"}

def report(name, differences, total):
    if differences:
        print(f"not ok {name}: {len(differences)} of {total}")
        seen = collections.Counter()
        for d in differences:
            seen[d[0]] += 1
            if seen[d[0]] == 1 and len(seen) <= 20:
                print("   ", *d)
    else:
        print(f"ok {name}: {total}")

def norm(s):
    return " ".join(re.sub(r"\s*(#.*|<.*>)", "", s).split())

def slots(obj):
    subprocess.run(["objcopy", "-O", "binary", "-j", ".text", obj, T + "bin"], check=True)
    b = open(T + "bin", "rb").read()
    return [b[i:i + 16] for i in range(0, len(b), 16)]

def assemble(rows, cmd):
    """One instruction in every 16 bytes. Gives the slots, and the lines that were refused."""
    with open(T + "i.s", "w") as f:
        f.write(".text\n")
        for r in rows:
            f.write(r[2] + "\n.balign 16, 0xcc\n")
    p = subprocess.run(cmd + [T + "i.s", "-o", T + "i.o"], capture_output=True, text=True)
    if p.returncode == 0:
        return slots(T + "i.o"), []
    bad = {(int(m[1]) - 2) // 2 for m in re.finditer(r"i\.s:(\d+):(?:\d+:)? [Ee]rror", p.stdout + p.stderr)}
    return None, [(rows[n][0], rows[n][2]) for n in sorted(bad) if n < len(rows)] or [("?", (p.stdout + p.stderr)[:300])]

def objdump(path):
    p = subprocess.run(["objdump", "-D", "-b", "binary", "-m", "i386:x86-64", "-w", "--insn-width=16", path], capture_output=True, text=True)
    t = {}
    for l in p.stdout.splitlines():
        m = re.match(r"\s*([0-9a-f]+):\t((?:[0-9a-f]{2} )+)\s*\t(.*)", l)
        if m:
            t[int(m[1], 16)] = (m[2].replace(" ", ""), m[3])
    return t

p = subprocess.run([T + "harness", "list"], capture_output=True, text=True)
print(("ok" if p.returncode == 0 else "not ok") + " decode gives back what was encoded: " + p.stderr.strip().splitlines()[-1])
if p.returncode:
    print(p.stderr[:2000])
rows = [l.split("\t") for l in p.stdout.splitlines()]
rows = [r for r in rows if not re.search("_D8$|_D32$", r[0])]      # relative branches: tests/as
rows = rows[::STEP]

have = [t for t in ("as", "objdump", "llvm-mc-19", "objcopy") if shutil.which(t)]
if not {"as", "objdump", "objcopy"} <= set(have):
    print("skip insn no binutils")
    sys.exit(0)

ours, refused = assemble(rows, [IDEM, "as"])
report("idem as takes what we print", refused, len(rows))
gas, refused = assemble(rows, ["as"])
report("GNU as takes what we print", refused, len(rows))
if ours and gas:
    report("idem as equals GNU as", [(r[0], r[2], a.hex(), b.hex()) for r, a, b in zip(rows, ours, gas) if a != b], len(rows))
if "llvm-mc-19" in have and ours:
    some = [r for r in rows if r[0] not in LLVM]
    llvm, refused = assemble(some, ["llvm-mc-19", "-triple=x86_64", "-filetype=obj"])
    report("llvm-mc takes what we print", refused, len(some))
    mine, _ = assemble(some, [IDEM, "as"])
    if llvm and mine:
        report("idem as equals llvm-mc", [(r[0], r[2], a.hex(), b.hex()) for r, a, b in zip(some, mine, llvm) if a != b], len(some))
else:
    print("skip llvm no llvm-mc-19")

with open(T + "d.bin", "wb") as f:
    for r in rows:
        f.write(bytes.fromhex(r[1]).ljust(16, b"\x90"))
t = objdump(T + "d.bin")
diff = []
for i, r in enumerate(rows):
    h, s = t.get(i * 16, ("", ""))
    if r[1] in ("90", "4890"):
        s = r[2]
    if h != r[1] or (norm(s) != norm(r[2]) and r[0] not in SPELT):
        diff.append((r[0], r[1], h, norm(r[2]), norm(s)))
report("text and length equal objdump's", diff, len(rows))

# Random bytes, weighted towards prefixes and the longer maps: decoded or refused; the length is objdump's, and where the encoding is the
# one we would choose, so is the text.
random.seed(int(TIER == "all"))
heads = [b"", b"\x66", b"\xf3", b"\xf2", b"\x48", b"\x66\x48", b"\x0f", b"\x66\x0f", b"\xf3\x0f", b"\xf2\x0f", b"\x66\x0f\x38", b"\x66\x0f\x3a",
         b"\x41", b"\xf3\x48\x0f", b"\xf0", b"\x64", b"\x67"]
tries = [((random.choice(heads) if i % 3 else b"") + random.randbytes(16))[:16] for i in range(RANDOM)]
text = "\n".join(x.hex() for x in tries) + "\n"
out = subprocess.run([T + "harness", "decode"], input=text, capture_output=True, text=True).stdout.splitlines()
again = subprocess.run([T + "harness", "again"], input=text, capture_output=True, text=True).stdout.splitlines()
with open(T + "r.bin", "wb") as f:
    for x in tries:
        f.write(x + b"\x90" * 16)
t = objdump(T + "r.bin")
lengths, texts, decoded, canonical = [], [], 0, 0
for i, (x, l, a) in enumerate(zip(tries, out, again)):
    n, s = l.split("\t")
    if n == "0":
        continue
    decoded += 1
    h, u = t.get(i * 32, ("", ""))
    word = s.split()[0]
    if word == "fwait":                                            # objdump shows it as part of the next instruction
        continue
    if len(h) != 2 * int(n):
        lengths.append((word, x.hex(), n, s, h, u))
    elif a == h and not re.match(r"(bnd |notrack |data16 |rex.W )*(j|call|loop|xbegin)|pclmul|crc32|mwait|monitor", s) and "riz" not in u and not u.startswith("rex"):
        canonical += 1
        if norm(s) != norm(u) and not u.endswith("nop"):
            texts.append((word, x.hex(), norm(s), norm(u)))
report("random bytes: lengths equal objdump's", lengths, f"{decoded} decoded of {RANDOM}")
report("random bytes: text equals objdump's", texts, canonical)
