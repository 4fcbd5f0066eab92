"""Damaged executables under `idem emu`: cut at every length, and with bytes of the headers changed. Whatever the guest does, the emulator
ends by itself: not by a signal, not by a fatal error, in time. mutate.py IDEM GUEST FOLDER"""
import os, random, struct, subprocess, sys

idem, guest, folder = os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3]
whole = open(guest, "rb").read()
rng = random.Random(1)
name = os.path.join(folder, "damaged")
bad = []


def run(data, what):
    with open(name, "wb") as f:
        f.write(data)
    try:
        p = subprocess.run([idem, "emu", "--max-insns", "100000", name], stdin=subprocess.DEVNULL, capture_output=True, timeout=30, cwd=folder)
    except subprocess.TimeoutExpired:
        bad.append(what + ": hangs")
        return
    if (p.returncode < 0 and b" at pc 0x" not in p.stderr) or p.returncode == 70 or b"internal error" in p.stderr:
        bad.append("%s: status %d %s" % (what, p.returncode, p.stderr[:200]))


for n in list(range(0, 200)) + [rng.randrange(len(whole)) for _ in range(60)]:
    run(whole[:n], "cut at %d" % n)
edges = [0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0xffffffff, 1 << 38, (1 << 38) - 4096, (1 << 63) - 1, 1 << 63, (1 << 64) - 1, (1 << 64) - 4096]
nph = struct.unpack_from("<H", whole, 56)[0]
for i in range(500):
    d = bytearray(whole)
    for _ in range(rng.choice([1, 1, 2, 5])):
        at = rng.randrange(16, 64 + 56 * nph)
        if rng.random() < 0.5:
            d[at] = rng.randrange(256)
        else:
            at &= ~7
            struct.pack_into("<Q", d, at, rng.choice(edges))
    run(bytes(d), "change %d" % i)
shoff = struct.unpack_from("<Q", whole, 40)[0]
for i in range(100):          # sections and symbols, which messages read
    d = bytearray(whole)
    d[120 + 56 * nph - 64:0] = b""
    for _ in range(4):
        d[rng.randrange(shoff, len(d))] = rng.randrange(256)
    text = d.find(struct.pack("<I", 0x73))
    if text > 0:
        d[text:text + 4] = b"\0\0\0\0"
    run(bytes(d), "sections %d" % i)
for b in bad[:20]:
    print("  " + b)
print("not ok damaged-files: %d" % len(bad) if bad else "ok damaged-files")
