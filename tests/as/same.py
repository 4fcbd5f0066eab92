"""Compares two objects up to how relocations name local places: same.py a.o b.o. Sections' bytes (fields of relocations that one side
has resolved apart), relocations by what they refer to, defined global symbols."""
import struct, sys

def load(path):
    d = open(path, "rb").read()
    shoff, = struct.unpack_from("<Q", d, 0x28)
    n, stri = struct.unpack_from("<HH", d, 0x3c)
    sh = [struct.unpack_from("<IIQQQQIIQQ", d, shoff + 64 * i) for i in range(n)]
    def cstr(tab, off):
        b = sh[tab][4] + off
        return d[b:d.index(b"\0", b)].decode()
    names = [cstr(stri, s[0]) for s in sh]
    syms = []
    for s in sh:
        if s[1] == 2:
            for o in range(s[4], s[4] + s[5], 24):
                nm, info, other, shndx, val, size = struct.unpack_from("<IBBHQQ", d, o)
                syms.append((cstr(s[6], nm), info >> 4, info & 15, other & 3, shndx, val, size))
    keep = [i for i, s in enumerate(sh) if s[1] not in (0, 2, 3, 4, 17) and names[i] not in (".symtab_shndx",)
            and (s[5] or names[i] not in (".text", ".data", ".bss"))]
    keep.sort(key=lambda i: names[i])                   # assemblers begin with .text, .data and .bss
    no = {i: k for k, i in enumerate(keep)}
    secs = [(names[i], sh[i][1], sh[i][2], sh[i][8], sh[i][9], sh[i][5], bytearray(b"" if sh[i][1] == 8 else d[sh[i][4]:sh[i][4] + sh[i][5]])) for i in keep]
    rel = {}
    for s in sh:
        if s[1] == 4:
            for o in range(s[4], s[4] + s[5], 24):
                off, info, add = struct.unpack_from("<QQq", d, o)
                y = syms[info >> 32]
                t = info & 0xffffffff
                to = (y[0], add) if y[1] != 0 or y[4] == 0 else (no.get(y[4]), y[5] + add)
                rel[no[s[7]], off] = (4 if t == 2 else t, *to, y[4] and no.get(y[4]), y[5] + add, t)
    glob = sorted((y[0], y[1], y[2], y[3], no.get(y[4], y[4]), y[5], y[6]) for y in syms if y[1] != 0)
    return secs, rel, glob

a, b = load(sys.argv[1]), load(sys.argv[2])
bad = []
if [s[:6] for s in a[0]] != [s[:6] for s in b[0]]:
    bad.append(("sections", [s[:6] for s in a[0]], [s[:6] for s in b[0]]))
else:
    for key in sorted(set(a[1]) | set(b[1])):
        x, y = a[1].get(key), b[1].get(key)
        if x is None or y is None:                      # resolved on one side: the field must hold what the relocation would give
            z, raw = (x, b) if y is None else (y, a)
            k, off = key
            v, = struct.unpack_from("<i", raw[0][k][6], off)
            if z[5] not in (2, 4) or z[3] != k or v != z[4] - off:
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
for x in bad[:10]:
    print(*x)
sys.exit(bool(bad))
