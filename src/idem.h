/* idem as a library: compile and assemble translation units to ELF objects, in memory. The one public header; exports
 * only idem_*.
 *
 * No global state: any number of contexts can live in one process, on any threads, each used by one thread at a
 * time. The outside
 * world is reached through IdemHost alone. Everything a context made dies with idem_free. */
#ifndef IDEM_H
#define IDEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct IdemHost {
    void *ctx;
    void *(*pages)(void *ctx, size_t n);               /* zeroed memory, n a multiple of 64 KiB; NULL when refused */
    void (*unpages)(void *ctx, void *p, size_t n);
    /* A whole file, NUL behind it, owned by the host and alive as long as the context; id tells files apart. 0 or
     * -errno. NULL data: only asks. */
    int (*read_file)(void *ctx, const char *path, const char **data, size_t *n, uint64_t id[2]);
    void (*fatal)(void *ctx, const char *msg);         /* out of memory or a mistake of idem's own; must not return */
    void (*message)(void *ctx, const char *s, size_t n); /* one rendered diagnostic */
} IdemHost;

typedef struct Idem Idem;
typedef struct IdemUnit IdemUnit;
typedef enum IdemLang { IDEM_C, IDEM_C_PREPROCESSED, IDEM_ASM, IDEM_ASM_CPP } IdemLang;

/* A context for one target, by a triple or a folder of arch/; NULL when the name is unknown. */
Idem *idem_new(const IdemHost *host, const char *target);
void idem_free(Idem *im);

/* One option of `idem cc` that concerns the compilation of a unit (-D -U -I -iquote -isystem -idirafter -include
 * -std= -O -f -m -W -w
 * -pedantic -nostdinc ...); argv[0] is the option, argv[1] its separate argument if it takes one. Result: words
 * taken, 0 when the
 * option is not one of these, -1 after a message. */
int idem_option(Idem *im, int argc, const char *const *argv);
/* Name of the folder (below lib/) whose runtime library suits the options so far. */
const char *idem_runtime(const Idem *im);
/* A standard folder for headers, searched after all -I and -isystem (unless -nostdinc). */
void idem_add_system_include(Idem *im, const char *dir);
void idem_set_source_date(Idem *im, int64_t seconds);  /* SOURCE_DATE_EPOCH, for __DATE__ and __TIME__ */
void idem_set_color(Idem *im, bool on);

/* A translation unit. The text must stay as it is until idem_end. Then step until it is 0: each step takes one
 * external declaration, so
 * units can be interleaved. idem_object gives the ELF file (or NULL after errors); what a unit gave lives until
 * idem_end. */
IdemUnit *idem_begin(Idem *im, IdemLang lang, const char *name, const char *text, size_t n);
int idem_step(IdemUnit *u);
const void *idem_object(IdemUnit *u, size_t *n);
/* Instead of stepping: the text of -E (line markers unless `plain`), or of -dM. */
const char *idem_preprocess(IdemUnit *u, bool macros, bool plain, size_t *n);
/* The IR of the functions compiled so far, as text: asked for by the option -fdump-ir. */
const char *idem_ir_text(IdemUnit *u, size_t *n);
/* A make rule for what the unit has read so far; target NULL: the name with .o. */
const char *idem_dependencies(IdemUnit *u, const char *target, bool system_headers, bool phony, size_t *n);
bool idem_failed(const IdemUnit *u);                   /* errors so far */
void idem_end(IdemUnit *u);

#endif
