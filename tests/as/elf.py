"""Relocatable ELF64 files as Python data, for elfcmp.py and same.py."""
import struct


class Elf:
    """header: e_machine, e_flags; sh: section headers as tuples; names: of sections; syms: (name, binding, type, visibility, section
    number, value, size)."""

    def __init__(self, path):
        d = self.data = open(path, "rb").read()
        self.machine, = struct.unpack_from("<H", d, 0x12)
        self.flags, = struct.unpack_from("<I", d, 0x30)
        shoff, = struct.unpack_from("<Q", d, 0x28)
        n, stri = struct.unpack_from("<HH", d, 0x3c)
        self.sh = [struct.unpack_from("<IIQQQQIIQQ", d, shoff + 64 * i) for i in range(n)]
        self.names = [self.cstr(stri, s[0]) for s in self.sh]
        self.syms = []
        for s in self.sh:
            if s[1] == 2:
                for o in range(s[4], s[4] + s[5], 24):
                    nm, info, other, shndx, val, size = struct.unpack_from("<IBBHQQ", d, o)
                    self.syms.append((self.cstr(s[6], nm), info >> 4, info & 15, other & 3, shndx, val, size))

    def cstr(self, tab, off):
        b = self.sh[tab][4] + off
        return self.data[b:self.data.index(b"\0", b)].decode()

    def contents(self, i):
        s = self.sh[i]
        return b"" if s[1] == 8 else self.data[s[4]:s[4] + s[5]]

    def relocs(self):
        """(section the place is in, offset, type, symbol as in syms, addend) of all."""
        for s in self.sh:
            if s[1] == 4:
                for o in range(s[4], s[4] + s[5], 24):
                    off, info, add = struct.unpack_from("<QQq", self.data, o)
                    yield s[7], off, info & 0xffffffff, self.syms[info >> 32], add
