/* obj: objects as data: sections of bytes, symbols, relocations; ELF64 files and ar archives in and out.
 * Everything that makes code (the lanes, as, the C data emitter) fills an Obj; the linker reads Objs. */
#ifndef OBJ_H
#define OBJ_H

#include "base/base.h"

struct Target;

/* ---- the in-memory object: obj.c ---- */

typedef uint32_t ObjSymId;      /* index into Obj.syms; 0 is the null symbol */
typedef uint32_t ObjSecId;      /* index into Obj.secs; 0 is "undefined" */
enum { OBJ_SEC_ABS = 0xfff1, OBJ_SEC_COMMON = 0xfff2 };

typedef struct ObjReloc {
    uint64_t offset;           /* in the section */
    int64_t addend;
    ObjSymId sym;
    uint32_t type;             /* the target's ELF number (arch/<t>/reloc.def) */
} ObjReloc;

typedef struct ObjSec {
    const char *name;
    uint32_t type;             /* SHT_* */
    uint64_t flags;            /* SHF_* */
    uint64_t align;            /* power of two, >= 1 */
    uint64_t entsize;
    Buf data;                  /* bytes, empty for NOBITS */
    uint64_t nobits;           /* size when SHT_NOBITS */
    VEC(ObjReloc) relocs;      /* ascending by offset once written */
    ObjSecId link;             /* SHF_LINK_ORDER: the section it belongs to, else 0 */
    uint32_t info;
    ObjSymId sym;              /* its section symbol, 0 until asked for */
    ObjSecId same_name;        /* the one of this name added before, 0 for none */
    const char *group;         /* COMDAT signature or NULL */
} ObjSec;

typedef struct ObjSym {
    const char *name;
    uint32_t name_n;
    ObjSecId sec;              /* 0 undefined, OBJ_SEC_ABS, OBJ_SEC_COMMON */
    uint64_t value;            /* offset in sec; alignment for common */
    uint64_t size;
    uint8_t bind;              /* STB_* */
    uint8_t type;              /* STT_* */
    uint8_t vis;               /* STV_* */
    bool used;                 /* referenced by a relocation (undefined unused symbols are not written) */
} ObjSym;

typedef struct Obj {
    Arena *arena;
    const struct Target *target;
    const char *name;          /* for messages: "a.o", "lib.a(b.o)" */
    uint32_t e_flags;
    VEC(ObjSec *) secs;        /* [0] NULL; pointers stay valid */
    VEC(ObjSym) syms;          /* [0] null */
    Map globals;               /* name -> (void *)(uintptr_t)ObjSymId, for global, weak and undefined */
    Map sections;              /* name -> (void *)(uintptr_t)ObjSecId of the newest of that name */
    const char *file_sym;      /* STT_FILE or NULL (readers keep such symbols among syms instead) */
    bool exec_stack;           /* its .note.GNU-stack asks for an executable stack (a missing note does not) */
} Obj;

enum { SHT_NULL, SHT_PROGBITS, SHT_SYMTAB, SHT_STRTAB, SHT_RELA, SHT_HASH, SHT_DYNAMIC, SHT_NOTE, SHT_NOBITS, SHT_REL,
       SHT_INIT_ARRAY = 14, SHT_FINI_ARRAY, SHT_PREINIT_ARRAY, SHT_GROUP, SHT_SYMTAB_SHNDX, SHT_X86_64_UNWIND = 0x70000001 };
enum { SHF_WRITE = 1, SHF_ALLOC = 2, SHF_EXECINSTR = 4, SHF_MERGE = 0x10, SHF_STRINGS = 0x20, SHF_INFO_LINK = 0x40,
       SHF_LINK_ORDER = 0x80, SHF_GROUP = 0x200, SHF_TLS = 0x400 };
enum { STB_LOCAL, STB_GLOBAL, STB_WEAK, STB_GNU_UNIQUE = 10 };
enum { STT_NOTYPE, STT_OBJECT, STT_FUNC, STT_SECTION, STT_FILE, STT_COMMON, STT_TLS, STT_GNU_IFUNC = 10 };
enum { STV_DEFAULT, STV_INTERNAL, STV_HIDDEN, STV_PROTECTED };

Obj *obj_new(Arena *a, const struct Target *t, const char *name);
ObjSecId obj_section(Obj *o, const char *name, uint32_t type, uint64_t flags, uint64_t align); /* finds by name+flags or adds */
ObjSecId obj_section_new(Obj *o, const char *name, uint32_t type, uint64_t flags, uint64_t align);
/* The global-scope symbol of that name (undefined, STB_GLOBAL until defined); the name is copied when new. */
ObjSymId obj_symbol(Obj *o, const char *name, size_t n);
ObjSymId obj_symbol_find(const Obj *o, const char *name, size_t n);         /* 0 when absent */
ObjSymId obj_local(Obj *o, const char *name, size_t n, ObjSecId sec, uint64_t value); /* always new, STB_LOCAL; name may be ""
                                                                                         */
ObjSymId obj_section_symbol(Obj *o, ObjSecId sec);
void obj_reloc(Obj *o, ObjSecId sec, uint64_t offset, uint32_t type, ObjSymId sym, int64_t addend);

/* ---- elf_write.c: a relocatable file (gABI ch. 4). Sections in their order, each one's relocations right behind it,
 * symbols local
 * first; .note.GNU-stack is added. Local symbols that no relocation uses and whose name is empty or begins with
 * ".L" are not
 * written. Byte for byte a function of the Obj. False when there are more sections than 16 bits number (65,279).
 * ---- */
bool obj_write_elf(Obj *o, Buf *out);

/* ---- elf_read.c: any ELF64 little-endian ET_REL of a known target. False after a message in d that names the file
 * and what
 * is wrong; never reads out of bounds; every index it hands on is in range. Section bytes alias `data` (its
 * lifetime is the caller's). ---- */
Obj *obj_read_elf(Arena *a, Diag *d, const char *name, const char *data, size_t n);
bool obj_is_elf(const char *data, size_t n);

/* ---- ar.c: archives (System V/GNU: "/" symbol index, "//" long names); written deterministically (zero mtime, uid,
 * gid, mode 644) ---- */
typedef struct ArMember {
    const char *name;
    const char *data;
    uint64_t n;
    uint64_t offset;           /* of its header, as the symbol index has it */
    uint64_t mtime;            /* as read; written as zero, mode as 644 */
    uint32_t uid, gid, mode;
} ArMember;
typedef struct ArSymbol { const char *name; uint32_t name_n, member; } ArSymbol;
typedef struct Archive {
    const char *name;
    VEC(ArMember) members;
    VEC(ArSymbol) index;       /* in the file's order; made from the members when the file has none */
    Map symbols;               /* name -> (void *)(uintptr_t)(number in index + 1); the first one wins */
    bool has_index;
} Archive;
bool ar_is(const char *data, size_t n);
bool ar_is_thin(const char *data, size_t n);
Archive *ar_read(Arena *a, Diag *d, const char *name, const char *data, size_t n);    /* NULL after a message */
/* Members that are ELF objects contribute their defined global, weak and common symbols to the index. */
void ar_write(Arena *a, Diag *d, Buf *out, const ArMember *members, uint32_t n, bool index);

#endif
