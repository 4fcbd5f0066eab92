"""Relocations get other numbers, or the last of a number another addend: retype.py OBJECT NEW (OLD=NEW | NUMBER+ADDEND)..."""
import struct
import sys

data = bytearray(open(sys.argv[1], "rb").read())
shoff, num = struct.unpack_from("<Q", data, 40)[0], struct.unpack_from("<H", data, 60)[0]
places = []
for i in range(num):
    kind, offset, size = struct.unpack_from("<4xI16xQQ", data, shoff + 64 * i)
    places += range(offset, offset + size, 24) if kind == 4 else ()
for word in sys.argv[3:]:
    old, new = map(int, word.replace("=", "+").split("+"))
    found = [at + 8 for at in places if struct.unpack_from("<I", data, at + 8)[0] == old]
    for at in found if "=" in word else ():
        struct.pack_into("<I", data, at, new)
    if "+" in word:
        struct.pack_into("<q", data, found[-1] + 8, new)
open(sys.argv[2], "wb").write(data)
