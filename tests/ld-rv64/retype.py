"""Relocations get other numbers: retype.py OBJECT NEW OLD=NEW..."""
import struct
import sys

data = bytearray(open(sys.argv[1], "rb").read())
change = dict(tuple(map(int, a.split("="))) for a in sys.argv[3:])
shoff, num = struct.unpack_from("<Q", data, 40)[0], struct.unpack_from("<H", data, 60)[0]
for i in range(num):
    kind, offset, size = struct.unpack_from("<4xI16xQQ", data, shoff + 64 * i)
    for at in range(offset, offset + size, 24) if kind == 4 else ():
        old = struct.unpack_from("<I", data, at + 8)[0]
        struct.pack_into("<I", data, at + 8, change.get(old, old))
open(sys.argv[2], "wb").write(data)
