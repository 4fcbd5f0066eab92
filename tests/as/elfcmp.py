"""Compares two relocatable ELF64 files: contents of sections, relocations, symbols. Prints differences; exit status 1 when there are any.
usage: elfcmp.py ours.o theirs.o [--text]      (--text: code sections and their relocations only)"""
import sys

from elf import Elf

SKIP = {".symtab", ".strtab", ".shstrtab", ".note.GNU-stack", ".eh_frame", ".group", ".note.gnu.property"}

def load(path):
    e = Elf(path)
    place = lambda n: e.names[n] if 0 < n < len(e.sh) else {0: "UND", 0xfff1: "ABS", 0xfff2: "COM"}.get(n, n)
    syms = [y[:4] + (place(y[4]),) + y[5:] for y in e.syms]
    secs, rel = {}, {}
    for i, s in enumerate(e.sh):
        if s[1] != 0 and e.names[i] not in SKIP and s[1] != 4:
            secs.setdefault(e.names[i], []).append((e.contents(i), s[1], s[2] & ~0x200, s[8], s[9], s[5]))
    for sec, off, t, y, add in e.relocs():
        if e.names[sec] not in SKIP:
            rel.setdefault(e.names[sec], {}).setdefault(sec, []).append((off, t, y[0] if y[2] != 3 else "section " + str(place(y[4])), add))
    return secs, {name: [sorted(x) for x in lists.values()] for name, lists in rel.items()}, syms

def main():
    ours, theirs = load(sys.argv[1]), load(sys.argv[2])
    text = "--text" in sys.argv
    bad = 0
    def tell(*a):
        nonlocal bad
        bad += 1
        if bad < 30:
            print(*a)
    for name in sorted(set(ours[0]) | set(theirs[0])):
        a, b = ours[0].get(name), theirs[0].get(name)
        if text and not ((a or b)[0][2] & 4):
            continue
        if a is None or b is None:
            if (a or b)[0][5]:
                tell("section only on one side:", name, "ours" if a else "theirs")
            continue
        for x, y in zip(a, b):
            if x[0] != y[0]:
                k = next((i for i, (p, q) in enumerate(zip(x[0], y[0])) if p != q), min(len(x[0]), len(y[0])))
                tell(f"{name}: bytes differ at {k:#x}: ours {x[0][k-4 if k>4 else 0:k+12].hex()} theirs {y[0][k-4 if k>4 else 0:k+12].hex()} (sizes {len(x[0]):#x} {len(y[0]):#x})")
            if x[1:] != y[1:]:
                tell(f"{name}: type, flags, alignment, entry size, size: ours {x[1:]} theirs {y[1:]}")
        if len(a) != len(b):
            tell(f"{name}: {len(a)} sections, theirs {len(b)}")
        p, q = ours[1].get(name, []), theirs[1].get(name, [])
        if p != q:
            pa = [x for l in p for x in l]
            qa = [x for l in q for x in l]
            for x in pa:
                if x not in qa:
                    tell(f"{name}: relocation only ours: {x[0]:#x} type {x[1]} {x[2]} {x[3]:+#x}")
            for x in qa:
                if x not in pa:
                    tell(f"{name}: relocation only theirs: {x[0]:#x} type {x[1]} {x[2]} {x[3]:+#x}")
    if not text:
        pick = lambda s: sorted((y for y in s if y[0] and y[0] != "_GLOBAL_OFFSET_TABLE_" and y[2] not in (3, 4) and not (y[0].startswith(".L") )), key=str)
        a, b = pick(ours[2]), pick(theirs[2])
        for y in a:
            if y not in b:
                tell("symbol only ours:", y)
        for y in b:
            if y not in a:
                tell("symbol only theirs:", y)
    return 1 if bad else 0

sys.exit(main())
