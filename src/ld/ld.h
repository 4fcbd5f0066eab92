/* ld: relocatable objects and archives in, a static executable out (gABI ch. 4, 5; psABI relocations through the
 * target). */
#ifndef LD_H
#define LD_H

#include "obj/obj.h"

typedef struct LdInput {
    const char *name;          /* for messages */
    const char *data;          /* whole file, NULL for a group mark */
    size_t n;
    bool whole_archive;
    int8_t group;              /* +1: --start-group, -1: --end-group */
} LdInput;

typedef struct LdOptions {
    const char *entry;         /* symbol, default _start */
    uint64_t base;             /* lowest address of the image (-Ttext-segment=); 0: the target's default */
    uint64_t page_size;        /* -z max-page-size=; 0: the target's */
    bool strip;                /* -s: no .symtab */
    bool strip_debug;          /* -S: no .debug sections */
    bool discard_locals;       /* -x: no local symbols in .symtab */
    bool eh_frame_hdr;         /* --eh-frame-hdr: a search table for unwinders */
    bool build_id;             /* --build-id: a note with a hash of the image */
    int8_t exec_stack;         /* -z execstack: 1, -z noexecstack: -1, 0: as the objects ask */
    bool allow_undefined;      /* --unresolved-symbols=ignore-all: undefined references are 0, with a warning */
    bool map;                  /* fill `map_text` */
    bool no_relax;             /* --no-relax: code stays as the objects have it, but for padding */
    bool no_relax_gp;          /* --no-relax-gp: without the global pointer */
    bool gc_sections;          /* --gc-sections */
    bool relocatable;          /* -r */
    const char *const *defsyms; /* "name=value" */
    uint32_t ndefsyms;
    const char *const *undefs; /* -u */
    uint32_t nundefs;
} LdOptions;

/* Links. Messages name the file, section and symbol ("a.o: in function `f': undefined reference to `g'"). False when
 * anything was an
 * error; `out` is then to be thrown away. Deterministic. */
bool ld_link(Host *host, Arena *a, Diag *d, const struct Target *t, const LdInput *in, uint32_t nin, const LdOptions *opt,
             Buf *out, Buf *map_text);

#endif
