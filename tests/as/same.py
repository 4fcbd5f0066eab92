"""Compares two objects up to how relocations name local places: same.py a.o b.o [--filled]. Sections' bytes (fields of relocations that
one side has resolved apart), relocations by what they refer to, defined global symbols, the header's flags. A distance may be told by
one relocation or by two that add and subtract. --filled: code of b may end with padding."""
import struct, sys

from elf import Elf

# Of x86-64, AArch64 and RISC-V: a distance of 32 bits, what is the same, and branches of which either side may be resolved.
PC32 = {62: 2, 183: 261, 243: 57}
PAIR = {35: 39, 36: 40, 34: 38, 33: 37}                   # R_RISCV_ADD<n>: R_RISCV_SUB<n>
# R_RISCV_BRANCH, JAL, RVC_BRANCH, RVC_JUMP: (bit of the instruction, bit of the distance, how many), the sign last (ISA 2.3, 16.2).
SPLIT = {16: ((8, 1, 4), (25, 5, 6), (7, 11, 1), (31, 12, 1)), 17: ((21, 1, 10), (20, 11, 1), (12, 12, 8), (31, 20, 1)),
         44: ((3, 1, 2), (10, 3, 2), (2, 5, 1), (5, 6, 2), (12, 8, 1)),
         45: ((3, 1, 3), (11, 4, 1), (2, 5, 1), (7, 6, 1), (6, 7, 1), (9, 8, 2), (8, 10, 1), (12, 11, 1)),
         282: ((0, 2, 25), (25, 27, 1)), 283: ((0, 2, 25), (25, 27, 1))}   # R_AARCH64_JUMP26, CALL26


def distance(t, data, off):
    """What a branch's own field says, as the relocation has it, and the field's size."""
    size = 4 if t < 40 or t > 200 else 2
    w = int.from_bytes(data[off:off + size], "little")
    v = sum((w >> at & (1 << n) - 1) << to for at, to, n in SPLIT[t])
    top = SPLIT[t][-1][1]
    return (v ^ 1 << top) - (1 << top), size


def load(path):
    e = Elf(path)
    sh, names, syms = e.sh, e.names, e.syms
    keep = [i for i, s in enumerate(sh) if s[1] not in (0, 2, 3, 4, 17) and names[i] not in (".symtab_shndx",)
            and (s[5] or names[i] not in (".text", ".data", ".bss"))]
    keep.sort(key=lambda i: names[i])                   # assemblers begin with .text, .data and .bss
    no = {i: k for k, i in enumerate(keep)}
    secs = [[names[i], sh[i][1], sh[i][2], sh[i][8], sh[i][9], sh[i][5], bytearray(e.contents(i))] for i in keep]
    rel, adds = {}, {}
    for sec, off, t, y, add in e.relocs():
        place = (no[sec], off)
        if e.machine == 243 and t in PAIR:
            adds[place] = (t, y, add)
            continue
        if e.machine == 243 and place in adds and PAIR[adds[place][0]] == t:
            _, z, plus = adds[place]
            if t == 39 and no.get(y[4]) == no[sec]:     # L - B is L + (P - B) - P
                t, y, add = 57, z, plus + off - y[5] - add
            else:
                rel[place + ("-",)] = (t, no.get(y[4], y[0]), y[5] + add, None, 0, t)
                t, y, add = adds[place]
        to = (y[0], add) if y[1] != 0 or y[4] == 0 else (no.get(y[4]), y[5] + add)
        t = 4 if e.machine == 62 and t == 2 else t
        rel[place] = (t, *to, y[4] and no.get(y[4]), y[5] + add, t)
    glob = sorted((y[0], y[1], y[2], y[3], no.get(y[4], y[4]), y[5], y[6]) for y in syms if y[1] != 0)
    return secs, rel, glob, e


# Fields of RISC-V in which GNU as leaves what it knows so far: bits that are the relocation's.
LEFT = {1: 0xffffffff, 2: (1 << 64) - 1, 8: 0xffffffff, 9: (1 << 64) - 1, 17: 0xfffff000, 26: 0xfffff000, 27: 0xfff00000, 28: 0xfe000f80,
        29: 0xfffff000, 30: 0xfff00000, 31: 0xfe000f80, 57: 0xffffffff}


def clear(secs, rel):
    for key, r in rel.items():
        if r[5] in LEFT:
            mask, data, off = LEFT[r[5]], secs[key[0]][6], key[1]
            n = 8 if mask >> 32 else 4
            if off + n <= len(data):
                data[off:off + n] = (int.from_bytes(data[off:off + n], "little") & ~mask).to_bytes(n, "little")


def unfill(p, q):
    """Takes no-operations away with which the code q goes on behind p."""
    tail = bytes(q[6][len(p[6]):])
    if p[2] & 4 and q[5] > p[5] and len(tail) < 16 and not tail.replace(b"\x1f\x20\x03\xd5", b"").replace(b"\x13\0\0\0", b"").replace(b"\1\0", b"").strip(b"\0"):
        del q[6][len(p[6]):]
        q[5] = p[5]


def differences(ours, theirs, filled):
    """A list of tuples, empty when the two files are the same."""
    a, b = load(ours), load(theirs)
    bad = []
    if filled and len(a[0]) == len(b[0]):
        for p, q in zip(a[0], b[0]):
            unfill(p, q)
    if a[3].machine == 243:
        for x in (a, b):
            clear(x[0], x[1])
    if (a[3].machine, a[3].flags) != (b[3].machine, b[3].flags):
        bad.append(("header", a[3].machine, a[3].flags, b[3].machine, b[3].flags))
    if [s[:6] for s in a[0]] != [s[:6] for s in b[0]]:
        bad.append(("sections", [s[:6] for s in a[0]], [s[:6] for s in b[0]]))
    else:
        for key in sorted(set(a[1]) | set(b[1])):
            x, y = a[1].get(key), b[1].get(key)
            if x is None or y is None:                      # resolved on one side: the field must hold what the relocation would give
                z, raw = (x, b) if y is None else (y, a)
                k, off = key[:2]
                if a[3].machine in (183, 243) and z[5] in SPLIT and z[3] == k:
                    v, size = distance(z[5], raw[0][k][6], off)
                    if v != z[4] - off:
                        bad.append(("distance", key, x, y, v))
                    for s in (a, b):
                        s[0][k][6][off:off + size] = raw[0][k][6][off:off + size]
                    continue
                v, = struct.unpack_from("<i", raw[0][k][6], off)
                if z[5] not in (PC32[a[3].machine], 4) or z[3] != k or v != z[4] - off:
                    bad.append(("relocation", key, x, y))
                else:
                    for s in (a, b):
                        s[0][k][6][off:off + 4] = b"\0\0\0\0"
            elif x[:3] != y[:3]:
                bad.append(("relocation", key, x, y))
        for s, t in zip(a[0], b[0]):
            if s[6] != t[6]:
                k = next(i for i, (p, q) in enumerate(zip(s[6], t[6])) if p != q)
                bad.append(("bytes", s[0], hex(k), bytes(s[6][k:k + 8]).hex(), bytes(t[6][k:k + 8]).hex()))
        if a[2] != b[2]:
            bad.append(("globals", [y for y in a[2] if y not in b[2]], [y for y in b[2] if y not in a[2]]))
    return bad


if __name__ == "__main__":
    wrong = differences(sys.argv[1], sys.argv[2], "--filled" in sys.argv)
    for x in wrong[:10]:
        print(*x)
    sys.exit(bool(wrong))
