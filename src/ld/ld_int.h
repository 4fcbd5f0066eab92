/* ld_int: what the passes of the linker share. ld.c lists the passes; each file is one of them.
 * An Obj's sections and symbols get a shadow (LdSec, LdSym) that says what the link made of them. */
#ifndef LD_INT_H
#define LD_INT_H

#include "arch/arch.h"
#include "ld/ld.h"
#include "ld/ld_target.h"
#include "obj/elf.h"

typedef struct LdFile LdFile;
typedef struct LdSec LdSec;
typedef struct LdSym LdSym;
typedef struct OutSec OutSec;
typedef struct LdIsland LdIsland;

/* A run of an input section that moves as one: a string, a constant, a record of .eh_frame. Ascending by `in`. */
typedef struct LdPiece {
    uint64_t in, out;          /* offsets: in the section; in the merged contents (PIECE_DROPPED: nowhere) */
} LdPiece;
#define PIECE_DROPPED UINT64_MAX

/* Bytes [at, end) of an input section that relaxation took away; ascending. */
typedef struct LdCut {
    uint64_t at, end, total;   /* total: gone up to `end` */
} LdCut;

/* What became of a relocation's place: `cut` bytes behind `keep` are gone. Rewritten: `len` bytes of `word` stand there, which relocation
 * `type` fills. */
typedef struct LdFix {
    uint32_t type, word;
    uint32_t upper;            /* RELAX_LOWER: number of the relocation it names, + 1 */
    uint32_t cut, keep;
    uint8_t len;
    uint8_t least;             /* fewer bytes were tried */
    uint8_t kind;              /* RelaxKind */
    bool rewritten;
    bool alone;                /* UPPER: something it goes with must stay as it is */
} LdFix;

struct LdSec {
    LdFile *file;              /* NULL for what the linker makes itself */
    ObjSec *o;
    OutSec *out;               /* NULL: not in the image */
    uint64_t off;              /* in out */
    uint64_t size;             /* what it takes there */
    uint64_t align;
    uint8_t *data;             /* its contents there; NULL for NOBITS */
    LdPiece *pieces;           /* NULL: moves as a whole */
    uint32_t npieces;
    LdCut *cuts;               /* NULL: nothing was taken away */
    uint32_t ncuts;
    LdFix *fixes;              /* by relocation; NULL: none is rewritten */
    LdSec *carrier;            /* pieces: the section that holds the merged contents */
    LdIsland *island;          /* where its calls find veneers; NULL: they reach */
    uint32_t priority;         /* among the inputs of .init_array and the like */
    bool discarded;            /* another copy of its group was taken, or it is not for the image */
    bool live;                 /* reached (always, without --gc-sections) */
    bool reversed;             /* .ctors in .init_array: last pointer first */
};

typedef enum LdSymState { LDSYM_UNDEF, LDSYM_DEFINED, LDSYM_COMMON } LdSymState;
struct LdSym {
    const char *name;
    uint32_t name_n;
    uint8_t state;
    uint8_t type, vis;         /* STT_*, STV_* (the most constraining one seen) */
    bool local;
    bool weak;                 /* defined: a weak definition; undefined: only weak references */
    bool provided;             /* by the linker; value is an address once laid out */
    bool referenced;           /* by a relocation of a live section */
    uint8_t reports;           /* undefined references told so far */
    LdFile *file;              /* where it is defined, or first named */
    LdSec *sec;                /* NULL: absolute */
    OutSec *near;              /* provided: the section it is told to be in, NULL for absolute */
    uint64_t value;            /* offset in sec, address when absolute; alignment of a common */
    uint64_t size;
    const char *warning;       /* of its .gnu.warning.NAME section, told at the first reference */
    uint32_t got, tpslot, tlspair, plt; /* slot and entry numbers + 1 */
    uint32_t out_index;        /* in the symbol table written; set while writing -r */
};

struct LdFile {
    const char *name;          /* for messages */
    const char *path, *member; /* "lib.a", "b.o"; member NULL for a plain object */
    Obj *obj;
    LdSec *secs;               /* by ObjSecId */
    LdSym **syms;              /* by ObjSymId */
    LdSym *wanted_by;          /* the symbol that took it out of its archive */
    LdFile *wanted_in;         /* who referenced that */
};

typedef struct LdArchive {
    Archive *ar;
    LdFile **files;            /* by member; NULL until taken */
    Obj **objs;                /* by member; NULL until read */
    uint32_t fed;              /* this many of Ld.wanted have been looked up here */
} LdArchive;

struct OutSec {
    const char *name;
    uint32_t type;
    uint64_t flags, align, entsize;
    uint64_t addr, off, size;
    VEC(LdSec *) in;
    uint32_t rank;             /* place in the image, see layout.c */
    uint32_t order;            /* of creation: breaks ties */
    uint32_t index;            /* section number */
    uint32_t link, info;
    bool keep;                 /* even when empty */
    bool mixed;                /* inputs disagree on merge flags */
};

typedef struct LdSegment {
    uint32_t type, flags;
    uint64_t off, addr, filesz, memsz, align;
} LdSegment;

typedef struct LdSlot {        /* of .got */
    LdSym *sym;
    uint8_t kind;              /* SLOT_* */
} LdSlot;
enum { SLOT_ADDRESS, SLOT_TPOFF, SLOT_MODULE, SLOT_DTPOFF, SLOT_IFUNC };

typedef struct LdProvided {    /* a symbol that the linker defines */
    LdSym *sym;
    OutSec *out;               /* section whose start or end it is, or NULL */
    uint8_t kind;              /* PROVIDE_* of resolve.c */
    LdSym *target;             /* --defsym name=target+value */
    uint64_t value;
} LdProvided;

typedef struct Ld {
    Host *host;
    Arena *a;
    Diag *d;
    const struct Target *target;
    const TargetLink *tl;
    const LdOptions *opt;
    Buf *out;
    uint64_t base, page;
    Map symtab;                /* name -> LdSym * */
    VEC(LdSym *) syms;         /* global scope, in order of first mention */
    VEC(LdSym *) wanted;       /* every symbol that became undefined or common, for archive search */
    VEC(LdFile *) files;       /* in link order */
    Map archives;              /* file data address -> LdArchive * */
    Map comdats;               /* signature -> LdFile * that has it */
    VEC(OutSec *) outs;        /* creation order until layout sorts them */
    Map out_map;
    VEC(LdSegment) segs;
    VEC(LdSlot) slots;
    VEC(LdSym *) ifuncs;       /* by plt number */
    VEC(LdIsland *) islands;
    LdSec *got, *plt, *rela, *hdr, *build_id;  /* linker-made sections, NULL when not needed */
    Buf attributes;            /* of the whole; empty: no section */
    LdSec *attr;
    uint32_t e_flags;
    LdSec *eh_carrier;         /* the first of .eh_frame: holds the edited whole */
    VEC(LdSec *) commons;
    VEC(LdProvided) provided;
    uint64_t headers;          /* size of file and program headers */
    uint64_t tls, tp, tls_align;
    uint64_t image_end;
    bool near_image;           /* every distance in the image fits 31 bits */
    bool need_gotbase;
    bool exec_stack;
    LdSym *entry;
    LdSym *gp;                 /* the target's global pointer, when some object names it */
    LdSym *got_symbol;         /* _GLOBAL_OFFSET_TABLE_, when some object names it */
    uint64_t shoff;
    uint64_t symtab_off, symtab_n, strtab_off, strtab_n, shstrtab_off;
    Buf symtab_bytes, strtab_bytes, shstrtab_bytes;
    uint32_t nlocals, nsecs;
} Ld;

/* ---- input.c: files and archives ---- */
bool ld_load(Ld *l, const LdInput *in, uint32_t n);

/* ---- relax.c: shorter code, where the compiler allows it ---- */
bool ld_relax(Ld *l);                                           /* needs a layout, leaves another */
uint64_t ld_cut_offset(const LdSec *s, uint64_t off);           /* where an offset of the input went */

/* ---- veneer.c: calls that do not reach ---- */
bool ld_make_veneers(Ld *l);                                    /* needs a layout, leaves another */
uint64_t ld_veneer(const Ld *l, const LdSec *s, const LdSym *sym, int64_t addend); /* for a call in s; 0: there is none */
void ld_fill_veneers(Ld *l);

/* ---- traits.c: what files say of themselves ---- */
bool ld_join_traits(Ld *l);

/* ---- resolve.c: the symbol table ---- */
LdSym *ld_symbol(Ld *l, const char *name, size_t n);           /* finds or adds (undefined, weak) */
LdSym *ld_symbol_find(const Ld *l, const char *name);
void ld_want(Ld *l, LdSym *s);                                  /* a strong reference */
bool ld_add_file(Ld *l, LdFile *f);                             /* its groups, sections and symbols */
void ld_allocate_commons(Ld *l);
void ld_provide_symbols(Ld *l);                                 /* defines what is asked for: __init_array_start, end, ... */
void ld_settle_provided(Ld *l);                                 /* their values, once laid out */
bool ld_add_defsyms(Ld *l);
uint64_t ld_address(const Ld *l, const LdSym *s);               /* ifuncs: of the entry that jumps to the chosen function */
uint64_t ld_definition(const Ld *l, const LdSym *s);            /* of what the file defines */
uint64_t ld_place(const LdSec *s, uint64_t off);                /* address of a place of an input section */

/* ---- gc.c ---- */
void ld_collect(Ld *l);

/* ---- merge.c: mergeable contents ---- */
void ld_merge(Ld *l);
/* Where offset `off` of a section in pieces went, in its carrier; PIECE_DROPPED for nowhere. */
uint64_t ld_piece_offset(const LdSec *s, uint64_t off);

/* ---- ehframe.c ---- */
void ld_edit_eh_frame(Ld *l);
void ld_fill_eh_frame_hdr(Ld *l);

/* ---- scan.c: what relocations need; undefined references ---- */
void ld_scan(Ld *l);
uint64_t ld_target_address(const Ld *l, const LdSec *s, const ObjReloc *r, int64_t addend); /* S + addend, for a place of s */
void ld_relocate(Ld *l, LdSec *s, uint8_t *p);                  /* contents at p, place final */
void ld_fill_tables(Ld *l);                                     /* .got, .plt, .rela.plt */

/* ---- layout.c ---- */
OutSec *ld_out_section(Ld *l, const char *name, uint32_t type, uint64_t flags);
OutSec *ld_out_find(const Ld *l, const char *name);
const char *ld_out_name(const Ld *l, const LdSec *s);           /* of the output section for an input section */
LdSec *ld_make_section(Ld *l, const char *name, uint32_t type, uint64_t flags, uint64_t align);
void ld_assign(Ld *l);                                          /* inputs to output sections */
bool ld_layout(Ld *l);                                          /* order, addresses, segments */

/* ---- write.c ---- */
void ld_write(Ld *l);

/* ---- map.c, partial.c ---- */
void ld_write_map(Ld *l, Buf *b);
bool ld_partial(Ld *l);                                         /* -r */

static inline uint8_t *ld_out_bytes(const Ld *l, const LdSec *s)
{
    return l->out->p + s->out->off + s->off;
}

#endif
