/* ld_target: what a target tells the linker about its relocations. The generic linker knows the classes below, decides
 * addresses, and asks the target's two functions what a place needs and to fill it. Rows come from arch/<t>/reloc.def:
 *   RELOC(name, number, class, field size in bytes, overflow check) */
#ifndef LD_TARGET_H
#define LD_TARGET_H

#include "base/base.h"

/* The value a relocation computes; S symbol, A addend, P place, G slot, L PLT entry, TP thread pointer (psABI names). */
typedef enum RelocClass {
    REL_NONE,
    REL_ABS,                   /* S + A */
    REL_PC,                    /* S + A - P */
    REL_PLT,                   /* L + A - P; L is S where no entry is needed */
    REL_GOT,                   /* G + A, relative to the table's base */
    REL_GOT_PC,                /* G + base + A - P */
    REL_GOT_RELAX,             /* as REL_GOT_PC; the instruction may be rewritten not to need the slot */
    REL_GOT_OFF,               /* S + A - base */
    REL_GOT_BASE_PC,           /* base + A - P */
    REL_PLT_OFF,               /* L + A - base */
    REL_SIZE,                  /* size of the symbol + A */
    REL_TPOFF,                 /* S + A - TP */
    REL_DTPOFF,                /* S + A - start of the TLS block */
    REL_TLS_GD, REL_TLS_LD,    /* code sequences that call __tls_get_addr */
    REL_TLS_IE,                /* slot with a TP offset, relative to P */
    REL_TLS_DESC, REL_TLS_DESC_CALL, /* descriptors: the head of the sequence, the call at its end */
    REL_HINT,                  /* carries no value (vtable notes) */
    REL_PCREL_LO,              /* low part of what the relocation at place S computes */
    REL_ADD, REL_SUB, REL_SET, /* old field + S + A; old field - S - A; S + A */
    REL_ALIGN,                 /* A bytes of no-operations stand behind, too many: relax.c takes the surplus away */
    REL_DYNAMIC                /* only ever made for or by a dynamic linker: refused by name */
} RelocClass;

typedef enum RelocCheck { RELCHK_NONE, RELCHK_SIGNED, RELCHK_UNSIGNED, RELCHK_EITHER } RelocCheck;

typedef struct RelocInfo {
    const char *name;          /* psABI's; NULL in the gaps of a table */
    uint16_t number;
    uint8_t cls;               /* RelocClass */
    uint8_t size;              /* of the field: 0, 1, 2, 4, 8 */
    uint8_t check;             /* RelocCheck */
} RelocInfo;

/* What a place makes the linker create. */
enum { LD_NEED_GOT = 1,        /* a slot with S */
       LD_NEED_TPSLOT = 2,     /* a slot with the TP offset of S */
       LD_NEED_GOTBASE = 4,    /* the table must exist for its base */
       LD_NEED_SKIP_NEXT = 8,  /* the relocation behind this one belongs to the rewritten sequence: drop it */
       LD_NEED_BAD = 16,       /* the bytes are not the sequence the psABI requires */
       LD_NEED_TLSPAIR = 32 }; /* two slots for __tls_get_addr: the module's number, the offset of S in its block */

/* One place, before and after addresses are known. */
typedef struct LdPlace {
    const RelocInfo *r;
    uint8_t *sec;              /* bytes of the section, size n; scanning only reads them */
    uint64_t n, offset;        /* offset + r->size <= n holds */
    int64_t a;
    bool movable;              /* S is an address in the image and the image is small enough for 32-bit distances */
    bool undef_weak;           /* S is 0 because nothing defines it */
    bool alloc;                /* the section is loaded */
    const RelocInfo *next;     /* the relocation behind, when it stands within 16 bytes; else NULL */
    uint64_t next_offset;
    /* Set for apply only: */
    uint64_t p, s;             /* addresses */
    uint64_t slot;             /* address of the slot (GOT, TP offset or pair), 0 when there is none */
    uint64_t got;              /* base of the table */
    uint64_t size;             /* of the symbol */
    uint64_t tls, tp;          /* start of the TLS block; where the thread pointer points */
    uint64_t gp;               /* the global pointer, 0 when there is none */
} LdPlace;

/* ---- relaxation ---- */

/* How a place may become shorter; what kind a relocation is says TargetLink.relax_kind. */
typedef enum RelaxKind {
    RELAX_NONE,
    RELAX_ALONE,               /* by itself */
    RELAX_SYMBOL,              /* with all others of its file against its symbol: upper and lower parts share a register */
    RELAX_UPPER,               /* with the lower parts that name its place */
    RELAX_LOWER                /* as the upper part it names */
} RelaxKind;

/* One place that a compiler allows to be rewritten. */
typedef struct LdRelax {
    uint32_t number;           /* of the relocation */
    const uint8_t *insn;       /* the bytes there: all the field's */
    uint64_t p, s;             /* addresses; s has the addend (LOWER: those of the upper part) */
    uint64_t lo, hi;           /* SYMBOL: s with the least and greatest addend of those it goes with; else s twice */
    bool together;             /* SYMBOL, UPPER, LOWER: all that it goes with may be rewritten too */
    uint32_t e_flags;          /* of the file */
    bool has_gp;
    uint64_t gp, tls;          /* the global pointer; start of the TLS block */
    unsigned least;            /* keep at least so many bytes: fewer were tried */
    /* Out: `keep` bytes stay (the rest of `size` goes), `len` of them are new: `word`, which relocation `type` then fills. */
    unsigned size, keep, len;
    uint32_t word, type;
} LdRelax;

/* ---- what files say of themselves ---- */

/* One file's e_flags (attributes NULL), or one section of its attributes. */
typedef struct LdTraits {
    const char *name;          /* for messages */
    uint32_t e_flags;
    bool has_code;
    const uint8_t *attributes;
    size_t n;
} LdTraits;

typedef struct TargetLink {
    const char *name;          /* as -m and messages have it: "elf_x86_64" */
    const char *also;          /* other names of -m, between spaces: of ABIs, which the objects tell; or NULL */
    const char *machine;       /* as GNU's tools call it: "i386:x86-64" */
    uint64_t default_base;     /* address of the file header */
    uint64_t page_size;        /* segments are aligned to it */
    const RelocInfo *relocs;   /* indexed by number */
    uint32_t nrelocs;
    uint32_t irelative;        /* number of the relocation that calls an ifunc resolver */
    uint32_t plt_size;         /* of one entry */
    uint32_t code_fill;        /* four bytes of no-operation between code pieces, repeated */
    uint32_t got_header;       /* reserved bytes at the table's base */
    const char *tls_get_addr;  /* the function the GD and LD sequences call */
    unsigned (*needs)(const LdPlace *pl);                  /* LD_NEED_ bits; no addresses yet */
    /* Fills the place. NULL, or what is wrong ("relocation truncated to fit"). Takes the same decisions as needs(). */
    const char *(*apply)(const LdPlace *pl);
    void (*plt_entry)(uint8_t *p, uint64_t at, uint64_t slot); /* jumps through the slot */
    /* Calls (class PLT) that reach less far than an image is wide; NULL, 0: none do. */
    uint32_t veneer_size;
    uint64_t veneer_span;      /* how far they reach */
    bool (*in_reach)(uint64_t p, uint64_t s);
    void (*veneer)(uint8_t *p, uint64_t at, uint64_t to);      /* jumps to `to`, however far */
    bool tp_at_start;          /* the thread pointer points to the start of the TLS block, else to its aligned end; */
    uint32_t tcb_size;         /* so many bytes in front of it, rounded up to the block's alignment */
    uint32_t dtp_offset;       /* what __tls_get_addr adds to an offset in a block */
    uint32_t align_reloc;      /* number of the relocation of class ALIGN, 0: none, and nothing is relaxed */
    uint32_t relax_reloc;      /* number of the hint that stands behind a relocation whose place may be rewritten */
    RelaxKind (*relax_kind)(uint32_t number);
    bool (*relax)(LdRelax *x);                             /* false: the place stays as it is */
    void (*nops)(uint8_t *p, uint64_t n);                  /* padding that is executed */
    const char *attributes;    /* name of the section of attributes (SHT_ATTRIBUTES), NULL: there is none, nor what follows */
    uint32_t attributes_segment; /* type of the program header for it */
    void *(*traits_new)(Arena *a, Diag *d);
    bool (*traits_add)(void *state, const LdTraits *f);    /* false after a message: the file does not go with those before */
    uint32_t (*traits_end)(void *state, uint32_t e_flags, Buf *out); /* e_flags of the whole (given: nobody says), its section */
} TargetLink;

static inline const RelocInfo *reloc_info(const TargetLink *l, uint32_t type)
{
    return type < l->nrelocs && l->relocs[type].name ? &l->relocs[type] : NULL;
}

#endif
