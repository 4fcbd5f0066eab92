"""Objects that say another architecture: attributes.py OBJECT (NEW ARCH)...  The section is rewritten, the rest is OBJECT's."""
import struct
import sys


def section(arch):
    tags = bytes([5]) + arch.encode() + b"\0"
    part = bytes([1]) + struct.pack("<I", 5 + len(tags)) + tags
    return b"A" + struct.pack("<I", 4 + 6 + len(part)) + b"riscv\0" + part


def main():
    old = open(sys.argv[1], "rb").read()
    shoff, num = struct.unpack_from("<Q", old, 40)[0], struct.unpack_from("<H", old, 60)[0]
    for new, arch in zip(sys.argv[2::2], sys.argv[3::2]):
        data = bytearray(old)
        for i in range(num):
            at = shoff + 64 * i
            if struct.unpack_from("<I", data, at + 4)[0] == 0x70000003:
                struct.pack_into("<QQ", data, at + 24, len(data), len(section(arch)))
        open(new, "wb").write(data + section(arch))


main()
