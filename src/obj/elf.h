/* elf: numbers of the ELF64 file format (gABI 4.1, chapters 4 and 5) that the readers and writers share;
 * structures are addressed by byte offset, so no host layout is involved. What an Obj needs stands in obj.h. */
#ifndef ELF_H
#define ELF_H

enum { EHDR_SIZE = 64, SHDR_SIZE = 64, PHDR_SIZE = 56, SYM_SIZE = 24, RELA_SIZE = 24 };
enum { EI_CLASS = 4, EI_DATA, EI_VERSION, EI_OSABI };
/* Offsets in the file header. */
enum { EH_TYPE = 16, EH_MACHINE = 18, EH_VERSION = 20, EH_ENTRY = 24, EH_PHOFF = 32, EH_SHOFF = 40, EH_FLAGS = 48,
       EH_EHSIZE = 52, EH_PHENTSIZE = 54, EH_PHNUM = 56, EH_SHENTSIZE = 58, EH_SHNUM = 60, EH_SHSTRNDX = 62 };
/* Offsets in a section header. */
enum { SH_NAME = 0, SH_TYPE = 4, SH_FLAGS = 8, SH_ADDR = 16, SH_OFFSET = 24, SH_SIZE = 32, SH_LINK = 40, SH_INFO = 44,
       SH_ADDRALIGN = 48, SH_ENTSIZE = 56 };
/* Offsets in a symbol. */
enum { ST_NAME = 0, ST_INFO = 4, ST_OTHER = 5, ST_SHNDX = 6, ST_VALUE = 8, ST_SIZE = 16 };

enum { ET_REL = 1, ET_EXEC, ET_DYN, ET_CORE };
enum { SHN_UNDEF = 0, SHN_LORESERVE = 0xff00, SHN_ABS = 0xfff1, SHN_COMMON = 0xfff2, SHN_XINDEX = 0xffff };
enum { GRP_COMDAT = 1 };
enum { SHF_COMPRESSED = 0x800, SHF_GNU_RETAIN = 0x200000 };
#define SHF_EXCLUDE 0x80000000u
#define SHT_LLVM_ADDRSIG 0x6fff4c03u
#define SHT_LOOS 0x60000000u
#define SHT_ATTRIBUTES 0x70000003u         /* of the processor's psABI: RISC-V, ARM */
#define SHT_GNU_ATTRIBUTES 0x6ffffff5u
enum { PT_LOAD = 1, PT_NOTE = 4, PT_TLS = 7, PT_GNU_EH_FRAME = 0x6474e550, PT_GNU_STACK = 0x6474e551,
       PT_GNU_RELRO = 0x6474e552, PT_GNU_PROPERTY = 0x6474e553 };
enum { PF_X = 1, PF_W = 2, PF_R = 4 };

#endif
