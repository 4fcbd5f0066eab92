"""aa64's assembler over the table: what the disassembler prints of every row's edge operands, with aliases and without, must assemble to
the same words, with GNU as, too. Prints ok, not ok and skip lines. Usage: asm.py DRIVER FOLDER SEED"""
import re, shutil, sys

from common import run, verdict

DRIVER, T = sys.argv[1], sys.argv[2]
AS, OBJCOPY = "aarch64-linux-gnu-as", "aarch64-linux-gnu-objcopy"


def source(rows, opt):
    """Lines and the words they shall give. Targets are told from the instruction; what adrp names only a linker can tell."""
    texts = run([DRIVER, "dis"] + ([opt] if opt else []), "".join(w + "\n" for w in rows)).stdout.splitlines()
    lines, words = [], []
    for k, (w, t) in enumerate(zip(rows, texts)):
        t = re.sub(r"\s*//.*", "", t)
        m = re.match(r"((?:b|bl|b\.\w+|cbn?z|tbn?z|adr|ldr|ldrsw|prfm)\t(?:[^\[]*, )?)0x([0-9a-f]+)$", t)
        if m:
            d = (int(m.group(2), 16) - 4 * k + 2 ** 63) % 2 ** 64 - 2 ** 63
            t = m.group(1) + ".%+d" % d
        if t.startswith("adrp"):
            continue
        lines.append(t)
        words.append(int(w, 16))
    return lines, words


def bytes_of(path):
    if shutil.which(OBJCOPY):
        run([OBJCOPY, "-O", "binary", "-j", ".text", path, path + ".bin"])
        with open(path + ".bin", "rb") as f:
            return f.read()
    return b""


# Bits that mean nothing, of which the assembler writes one choice.
def free(w):
    if w & 0x1f800000 == 0x12000000:                      # rotations beyond the element's width (C3.4.2)
        return 0x003f0000
    if w & 0xbfe0fc00 == 0x0e000c00:                      # dup of a general register: imm5's upper bits
        return 0x001f0000
    if w & 0xffe08400 == 0x6e000400:                      # ins of an element: imm4 below the element's size
        return ((w >> 16 & -(w >> 16) & 15) - 1) << 11
    return 0


def check(tool, opt, rows):
    lines, words = source(rows, opt)
    name = "asm-%s%s" % (tool, "-no-aliases" if opt else "")
    src, obj = T + "/t.s", T + "/t.o"
    with open(src, "w") as f:
        f.write("\n".join(lines) + "\n")
    r = run([DRIVER, "as", src, obj] if tool == "ours" else [AS, "-march=armv8.5-a+memtag", src, "-o", obj])
    if r.returncode:
        verdict(name, r.stderr.splitlines()[:12] or ["no message"])
        return
    data = bytes_of(obj)
    bad, odd = [], 0
    for k, (t, w) in enumerate(zip(lines, words)):
        g = int.from_bytes(data[4 * k:4 * k + 4], "little")
        if g == w:
            continue
        if (g ^ w) & ~free(w):
            bad.append("%08x: %s gives %08x" % (w, t, g))
        else:
            odd += 1
    verdict(name, bad, "%d lines, %d with bits that mean nothing" % (len(lines), odd))


rows = list(dict.fromkeys(l.split("\t")[0] for l in run([DRIVER, "enum"]).stdout.splitlines()))
if not shutil.which(OBJCOPY):
    print("skip asm needs " + OBJCOPY)
    sys.exit()
for opt in ("", "n"):
    check("ours", opt, rows)
    if shutil.which(AS):
        check("gnu", opt, rows)
    else:
        print("skip asm-gnu needs " + AS)
