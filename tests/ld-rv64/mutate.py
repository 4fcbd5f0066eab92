"""Damaged objects through the linker: mutate.py IDEM SEED COUNT OBJECT...  Each run ends with status 0 or 1; on 1 something was said."""
import os
import random
import struct
import subprocess
import sys


def sections(data):
    shoff, num = struct.unpack_from("<Q", data, 40)[0], struct.unpack_from("<H", data, 60)[0]
    return [(shoff + 64 * i,) + struct.unpack_from("<IIQQQQ", data, shoff + 64 * i) for i in range(num)]


def mutated(r, data):
    data = bytearray(data)
    secs = sections(data)
    for _ in range(r.randrange(1, 5)):
        kind = r.randrange(6)
        tables = [s for s in secs if s[2] == 4 and s[6] >= 24]
        if kind == 0 and tables:                       # a relocation: offset, type, symbol or addend
            s = r.choice(tables)
            at = s[5] + 24 * r.randrange(s[6] // 24)
            field = r.randrange(4)
            if field == 0:
                struct.pack_into("<Q", data, at, r.choice([0, 1, 2, 6, 1 << 20, r.randrange(4096)]))
            elif field == 1:
                struct.pack_into("<I", data, at + 8, r.randrange(int(os.environ.get("RELOCS", "70"))))
            elif field == 2:
                struct.pack_into("<I", data, at + 12, r.randrange(64))
            else:
                struct.pack_into("<q", data, at + 16, r.choice([-1, 1, 2, 4, 30, 1 << 31, 1 << 62, r.randrange(1 << 16)]))
        elif kind == 1:                                # a byte of a section's contents, more often of small ones
            s = r.choice([s for s in secs if s[2] not in (0, 8) and s[6]])
            data[s[5] + r.randrange(s[6])] = r.randrange(256)
        elif kind == 2:                                # of the attributes
            for s in secs:
                if s[2] == 0x70000003 and s[6]:
                    data[s[5] + r.randrange(s[6])] = r.choice([0, 1, 0x7f, 0x80, 0xff, r.randrange(256)])
        elif kind == 3:                                # of a section header
            s = r.choice(secs)
            data[s[0] + r.randrange(64)] = r.randrange(256)
        elif kind == 4:                                # of the file header
            data[r.randrange(16, 64)] = r.randrange(256)
        else:
            data[r.randrange(len(data))] ^= 1 << r.randrange(8)
    if r.randrange(20) == 0:
        data = data[:r.randrange(len(data))]
    return data


def main():
    idem, seed, count, names = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
    r, bad = random.Random(seed), 0
    texts = [open(n, "rb").read() for n in names]
    for i in range(count):
        open("mutant.o", "wb").write(mutated(r, r.choice(texts)))
        for options in ([], ["-r"], ["--gc-sections", "--no-relax"]):
            command = [idem, "ld", "-m", os.environ.get("EMULATION", "elf64lriscv"), "--unresolved-symbols=ignore-all", "-o", "mutant"] + options + ["mutant.o"]
            try:
                p = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=20)
            except subprocess.TimeoutExpired:
                p = None
            if p is None or p.returncode not in (0, 1) or (p.returncode == 1 and b"error: " not in p.stderr):
                bad += 1
                keep = "/tmp/idem-mutant-%d-%d.o" % (seed, i)
                os.system("cp mutant.o " + keep)
                print("%s: %s: %s" % (keep, options, "hangs" if p is None else "status %d %s" % (p.returncode, p.stderr[-600:])))
    print("%s mutated objects: %d, seed %d, %d failed" % ("not ok" if bad else "ok", count, seed, bad))


main()
