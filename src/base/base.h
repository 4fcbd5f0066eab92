/* base: containers, memory by lifetime, identifiers, diagnostics, hashing. No policy, no target, no OS:
 * whatever the outside world provides comes through struct Host. One section a file. */
#ifndef BASE_H
#define BASE_H

#include "rt/rt.h"

#define countof(a) (sizeof(a) / sizeof((a)[0]))
/* The dialect has no _Static_assert (tcc 0.9.27 rejects it). */
#define STATIC_ASSERT(cond, name) typedef char assert_##name[(cond) ? 1 : -1]

/* ---- host: what the core may ask of the outside. Two hosts can live in one process. ---- */

typedef struct Host Host;
struct Host {
    void *ctx;
    /* Zeroed memory of n bytes (a multiple of 64 KiB), or NULL. */
    void *(*pages)(void *ctx, size_t n);
    void (*unpages)(void *ctx, void *p, size_t n);
    /* The whole of a file into *data (owned by the host, lives as long as it; one NUL byte follows it) and *n; an
     * identity that is equal for two names of one file into id[2]. Result 0 or -errno (-RT_EISDIR for a directory).
     * NULL data asks only whether the file can be read. */
    int (*read_file)(void *ctx, const char *path, const char **data, size_t *n, uint64_t id[2]);
    /* Our own mistake or memory exhausted: tells `msg`, does not return. */
    void (*fatal)(void *ctx, const char *msg);
};

/* ---- arena.c: memory by lifetime. perm: the context; unit: one translation unit; fn: one function.
 * Nothing is freed by itself; a reset gives the chunks back to the arena (and poisons them in a hostile build). ---- */

typedef struct ArenaChunk ArenaChunk;
typedef struct Arena {
    Host *host;
    char *at, *end;            /* free part of the current chunk */
    ArenaChunk *chunks;        /* newest first */
    ArenaChunk *spare;         /* reset chunks of the standard size */
    size_t total;              /* bytes asked of the host */
} Arena;

/* A hostile build (-DIDEM_HOSTILE) fills fresh and reset memory with 0xA5 and moves at every growth. */
void arena_init(Arena *a, Host *host);
void arena_free(Arena *a);                              /* all chunks back to the host */
void arena_reset(Arena *a);                             /* empty; keeps standard chunks */
void *arena_more(Arena *a, size_t n);                   /* slow path of arena_alloc */
static inline void *arena_alloc(Arena *a, size_t n)     /* uninitialised, 16-byte aligned, never NULL */
{
    char *p = a->at;
    n = (n + 15) & ~(size_t)15;
    if ((size_t)(a->end - p) < n)
        return arena_more(a, n);
    a->at = p + n;
    return p;
}
void *arena_zalloc(Arena *a, size_t n);                 /* zeroed */
/* Grows p from old to n bytes, in place where it is the last allocation (never in a hostile build). */
void *arena_grow(Arena *a, void *p, size_t old, size_t n);
char *arena_strndup(Arena *a, const char *s, size_t n); /* terminated copy */
char *arena_fmt(Arena *a, const char *fmt, ...);        /* terminated */
#define arena_new(a, T) ((T *)arena_zalloc((a), sizeof(T)))
#define arena_array(a, T, n) ((T *)arena_zalloc((a), sizeof(T) * (size_t)(n)))

/* Our own mistake: always compiled in, never returns. */
#define bug(host, msg) base_bug((host), __FILE__, __LINE__, (msg))
_Noreturn void base_bug(Host *host, const char *file, int line, const char *msg);

/* ---- buf.c: a growing string of bytes in an arena. ---- */

typedef struct Buf {
    Arena *arena;
    uint8_t *p;
    size_t n, cap;
} Buf;

void buf_init(Buf *b, Arena *a);
void buf_reserve(Buf *b, size_t more);                  /* room for `more` bytes behind n */
void buf_put(Buf *b, const void *s, size_t n);
void buf_zero(Buf *b, size_t n);                        /* n zero bytes */
void buf_align(Buf *b, size_t align, uint8_t fill);
void buf_str(Buf *b, const char *s);
void buf_fmt(Buf *b, const char *fmt, ...);
void buf_vfmt(Buf *b, const char *fmt, va_list ap);
static inline void buf_u8(Buf *b, unsigned v)
{
    if (b->n == b->cap)
        buf_reserve(b, 1);
    b->p[b->n++] = (uint8_t)v;
}
void buf_u16(Buf *b, unsigned v);                       /* little-endian, as every target here */
void buf_u32(Buf *b, uint32_t v);
void buf_u64(Buf *b, uint64_t v);
char *buf_cstr(Buf *b);                                 /* terminates (not counted in n), gives p */

/* ---- vec: a growing array in an arena, typed by its pointer. VEC(T) v; vec_push(arena, &v, x). ---- */

#define VEC(T) struct { T *p; uint32_t n, cap; }
void *vec_grow(Arena *a, void *p, uint32_t n, uint32_t *cap, uint32_t more, size_t size);
#define vec_reserve(a, v, more) \
    ((v)->n + (uint32_t)(more) > (v)->cap \
         ? (void)((v)->p = vec_grow((a), (v)->p, (v)->n, &(v)->cap, (uint32_t)(more), sizeof(*(v)->p))) : (void)0)
#define vec_push(a, v, x) (vec_reserve((a), (v), 1), (v)->p[(v)->n++] = (x))
#define vec_last(v) ((v)->p[(v)->n - 1])

/* ---- bits.h-like helpers: bits.c ---- */

unsigned bits_clz64(uint64_t v);                        /* v != 0 */
unsigned bits_ctz64(uint64_t v);                        /* v != 0 */
unsigned bits_popcount64(uint64_t v);
static inline bool bits_fits_s(int64_t v, unsigned bits)  /* signed, 1 <= bits <= 64 */
{
    return bits >= 64 || (v >= -((int64_t)1 << (bits - 1)) && v < ((int64_t)1 << (bits - 1)));
}
static inline bool bits_fits_u(uint64_t v, unsigned bits)
{
    return bits >= 64 || v >> bits == 0;
}
static inline int64_t bits_sext(uint64_t v, unsigned bits) /* sign-extends the low bits */
{
    uint64_t m = (uint64_t)1 << (bits - 1);
    v = bits >= 64 ? v : v & ((m << 1) - 1);
    return (int64_t)((v ^ m) - m);
}
static inline uint64_t align_up(uint64_t v, uint64_t align) /* align a power of two */
{
    return (v + align - 1) & ~(align - 1);
}
static inline uint16_t get_u16(const void *p) { const uint8_t *b = p; return (uint16_t)(b[0] | b[1] << 8); }
static inline uint32_t get_u32(const void *p) { return get_u16(p) | (uint32_t)get_u16((const uint8_t *)p + 2) << 16; }
static inline uint64_t get_u64(const void *p) { return get_u32(p) | (uint64_t)get_u32((const uint8_t *)p + 4) << 32; }
static inline void put_u16(void *p, unsigned v) { uint8_t *b = p; b[0] = (uint8_t)v; b[1] = (uint8_t)(v >> 8); }
static inline void put_u32(void *p, uint32_t v) { put_u16(p, v & 0xffff); put_u16((uint8_t *)p + 2, v >> 16); }
static inline void put_u64(void *p, uint64_t v)
{
    put_u32(p, (uint32_t)v);
    put_u32((uint8_t *)p + 4, (uint32_t)(v >> 32));
}

/* ---- map.c: a hash map from byte strings or integers to a pointer; used for lookup only, iterated in insertion order,
 * so no result can depend on a hash. Keys are copied by reference: they must outlive the map. ---- */

typedef struct MapEntry {
    const char *key;           /* byte string, or NULL with the integer key in n */
    uint64_t n;                /* length, or the integer key */
    void *val;
    uint32_t hash;
} MapEntry;
typedef struct Map {
    Arena *arena;
    VEC(MapEntry) entries;     /* insertion order */
    uint32_t *index;           /* open addressing; entry number + 1 */
    uint32_t mask;
} Map;

void map_init(Map *m, Arena *a);
void *map_get(const Map *m, const char *key, size_t n);         /* NULL when absent */
void **map_at(Map *m, const char *key, size_t n);               /* adds NULL when absent; valid until the next add */
void *map_get_int(const Map *m, uint64_t key);
void **map_at_int(Map *m, uint64_t key);
uint32_t hash_bytes(const void *s, size_t n);

/* ---- lists.c: many short lists of 16-bit numbers, each in the order of adding. To walk list i:
 * for (k = l.head[i]; k; k = l.nodes[k].next) l.nodes[k].number ---- */

typedef struct ListNode { uint16_t number, next; } ListNode; /* next: node number, 0 ends */
typedef struct Lists {
    uint16_t *head;            /* by list: node number, 0 for an empty one */
    ListNode *nodes;
    uint16_t n, max;           /* nodes there are, and how many there can be */
} Lists;

/* At most 65535 numbers in all lists together. */
void lists_init(Lists *l, Arena *a, unsigned lists, unsigned most);
bool lists_add(Lists *l, unsigned list, unsigned number);    /* false when all nodes are used */

/* ---- intern.c: identifiers, one object a spelling, so that comparing is comparing pointers, and each
 * room hangs what it knows of a name on the name itself. ---- */

typedef struct Ident Ident;
struct Ident {
    uint32_t hash, n;          /* length of s */
    uint16_t kw;               /* cc: keyword number, 0 for none */
    uint16_t pp;               /* pp: directive or special-macro number */
    void *macro;               /* pp: current definition */
    void *sym;                 /* cc: innermost ordinary declaration */
    void *tag;                 /* cc: innermost tag */
    Ident *next;               /* hash chain */
    char s[1];                 /* NUL-terminated, n bytes */
};
typedef struct Intern {
    Arena *arena;
    Ident **table;
    uint32_t mask, n;
} Intern;

void intern_init(Intern *in, Arena *a);
Ident *intern_n(Intern *in, const char *s, size_t n);
Ident *intern_hashed(Intern *in, const char *s, size_t n, uint32_t hash); /* hash = intern_hash over the bytes */
/* The hash a lexer can accumulate byte by byte: h = intern_step(h, c) from INTERN_SEED. */
#define INTERN_SEED 2166136261u
#define intern_step(h, c) (((h) ^ (uint8_t)(c)) * 16777619u)

/* ---- srcmap.c: where a byte of source stands. A SrcLoc is a number in one space shared by all files and macro
 * expansions of a context: each file takes size + 1 numbers, each expansion of a macro as many as its body spells.
 * -- */

typedef uint32_t SrcLoc;       /* 0: none (command line, built in) */
typedef struct SrcFile {
    const char *name;          /* as given or as found: goes to messages, __FILE__ and -M */
    const char *text;          /* n bytes and a NUL */
    uint32_t n;
    SrcLoc base;               /* of byte 0 */
    SrcLoc included_at;        /* the #include that entered it, 0 for the main file */
    bool system;               /* warnings are silent here */
    uint32_t *lines;           /* offset of each line, built on the first question */
    uint32_t nlines;
    VEC(struct SrcLineMark { uint32_t offset; uint32_t line; const char *name; }) marks; /* #line, ascending: the line
                                that holds `offset` has number `line`; name NULL: unchanged */
} SrcFile;
typedef struct SrcExpansion {
    SrcLoc base, n;            /* its range of numbers */
    SrcLoc spelled;            /* number of the body's first byte */
    SrcLoc at;                 /* where the macro's name was met (may itself lie in an expansion) */
    const Ident *macro;
} SrcExpansion;
typedef struct SrcMap {
    Arena *arena;              /* perm */
    SrcLoc next;
    VEC(SrcFile *) files;            /* ascending by base */
    VEC(SrcExpansion) expansions;    /* ascending by base */
} SrcMap;
typedef struct SrcPos {        /* for people; 1-based; column counts bytes */
    const SrcFile *file;       /* NULL for none */
    const char *name;          /* after #line */
    uint32_t line, col;        /* line after #line */
    const char *text;          /* the physical line, not terminated */
    uint32_t text_n;
} SrcPos;

void src_init(SrcMap *sm, Arena *a);
/* Enters text as a file; including the same text again makes a new file with new numbers. NULL when numbers run out. */
SrcFile *src_add_file(SrcMap *sm, const char *name, const char *text, size_t n, SrcLoc included_at, bool system);
/* Reserves n numbers for a macro expansion; gives the first (0 when numbers run out: use `at` then). */
SrcLoc src_add_expansion(SrcMap *sm, const Ident *macro, SrcLoc spelled, uint32_t n, SrcLoc at);
SrcLoc src_file_loc(const SrcMap *sm, SrcLoc loc);      /* out of all expansions: a place in a file */
const SrcExpansion *src_expansion(const SrcMap *sm, SrcLoc loc); /* the innermost one loc lies in, or NULL */
SrcPos src_pos(const SrcMap *sm, SrcLoc loc);           /* of src_file_loc(loc) */
SrcFile *src_file(const SrcMap *sm, SrcLoc loc);        /* of src_file_loc(loc) */

/* ---- diag.c: messages about the user's input (C11 5.1.1.3). Rendered as
 *   file:line:col: error: text [-Wname]
 *    line of source
 *    ^~~~
 * Every reader goes on after an error; after max_errors `stopped` is set and token sources give end of file. ---- */

typedef enum DiagKind { DIAG_NOTE, DIAG_WARNING, DIAG_PEDWARN, DIAG_ERROR } DiagKind;
/* One row a warning option: X(id, name, on by default, in -Wall, in -Wextra). Grows at the end of its group. */
#define DIAG_WARNINGS(X) \
    X(NONE, "", 1, 1, 1) \
    X(CPP, "cpp", 1, 1, 1) \
    X(MACRO_REDEFINED, "macro-redefined", 1, 1, 1) \
    X(BUILTIN_MACRO, "builtin-macro-redefined", 1, 1, 1) \
    X(ENDIF_LABELS, "endif-labels", 1, 1, 1) \
    X(UNKNOWN_PRAGMAS, "unknown-pragmas", 0, 1, 1) \
    X(COMMENT, "comment", 0, 1, 1) \
    X(TRIGRAPHS, "trigraphs", 0, 1, 1) \
    X(UNDEF, "undef", 0, 0, 0) \
    X(MULTICHAR, "multichar", 1, 1, 1) \
    X(PEDANTIC, "pedantic", 0, 0, 0) \
    X(IMPLICIT_DECL, "implicit-function-declaration", 1, 1, 1) \
    X(IMPLICIT_INT, "implicit-int", 1, 1, 1) \
    X(RETURN_TYPE, "return-type", 0, 1, 1) \
    X(INCOMPATIBLE_PTR, "incompatible-pointer-types", 1, 1, 1) \
    X(DISCARDED_QUALS, "discarded-qualifiers", 1, 1, 1) \
    X(INT_CONVERSION, "int-conversion", 1, 1, 1) \
    X(POINTER_SIGN, "pointer-sign", 0, 1, 1) \
    X(SHIFT_COUNT, "shift-count-overflow", 1, 1, 1) \
    X(SHIFT_NEGATIVE, "shift-count-negative", 1, 1, 1) \
    X(DIV_BY_ZERO, "div-by-zero", 1, 1, 1) \
    X(OVERFLOW, "overflow", 1, 1, 1) \
    X(FORMAT, "format", 0, 1, 1) \
    X(FORMAT_EXTRA, "format-extra-args", 0, 1, 1) \
    X(UNUSED_VARIABLE, "unused-variable", 0, 1, 1) \
    X(UNUSED_BUT_SET, "unused-but-set-variable", 0, 1, 1) \
    X(UNUSED_FUNCTION, "unused-function", 0, 1, 1) \
    X(UNUSED_LABEL, "unused-label", 0, 1, 1) \
    X(UNUSED_PARAMETER, "unused-parameter", 0, 0, 1) \
    X(UNUSED_VALUE, "unused-value", 0, 1, 1) \
    X(UNUSED_RESULT, "unused-result", 1, 1, 1) \
    X(ATTRIBUTES, "attributes", 1, 1, 1) \
    X(PARENTHESES, "parentheses", 0, 1, 1) \
    X(SIGN_COMPARE, "sign-compare", 0, 0, 1) \
    X(IMPLICIT_FALLTHROUGH, "implicit-fallthrough", 0, 0, 1) \
    X(SWITCH_ENUM, "switch", 0, 1, 1) \
    X(EMPTY_BODY, "empty-body", 0, 0, 1) \
    X(MISSING_FIELD_INIT, "missing-field-initializers", 0, 0, 1) \
    X(OVERRIDE_INIT, "override-init", 0, 0, 1) \
    X(EXCESS_INIT, "excess-initializers", 1, 1, 1) \
    X(DEPRECATED, "deprecated-declarations", 1, 1, 1) \
    X(DECL_AFTER_STMT, "declaration-after-statement", 0, 0, 0) \
    X(STRICT_PROTOTYPES, "strict-prototypes", 0, 0, 0) \
    X(MISSING_PROTOTYPES, "missing-prototypes", 0, 0, 0) \
    X(SHADOW, "shadow", 0, 0, 0) \
    X(VLA, "vla", 0, 0, 0) \
    X(RETURN_LOCAL_ADDR, "return-local-addr", 1, 1, 1) \
    X(ADDRESS, "address", 0, 1, 1) \
    X(UNINITIALIZED, "uninitialized", 0, 1, 1) \
    X(MAIN, "main", 0, 1, 1) \
    X(UNREACHABLE_CASE, "switch-unreachable", 1, 1, 1) \
    X(COMPARE_DISTINCT, "compare-distinct-pointer-types", 1, 1, 1) \
    X(POINTER_ARITH, "pointer-arith", 0, 0, 0) \
    X(IGNORED_OPTION, "unused-command-line-argument", 1, 1, 1) \
    X(UNKNOWN_OPTION, "unknown-warning-option", 1, 1, 1) \
    X(RETURN_TYPE_ON, "return-type", 1, 1, 1)
#define DIAG_ENUM(id, name, def, all, extra) W_##id,
typedef enum DiagWarning { DIAG_WARNINGS(DIAG_ENUM) W_COUNT } DiagWarning;

typedef void DiagSink(void *ctx, const char *s, size_t n);  /* takes one rendered message */
typedef struct Diag {
    SrcMap *sm;
    Arena *arena;              /* perm */
    DiagSink *sink;
    void *sink_ctx;
    uint32_t errors, warnings;
    uint32_t max_errors;       /* 0: no limit; default 20 */
    bool stopped;              /* the limit was reached */
    bool color;
    bool werror;               /* -Werror */
    bool quiet_warnings;       /* -w */
    bool pedantic_errors;
    bool system_warnings;      /* -Wsystem-headers */
    bool last_shown;           /* whether the last non-note was shown: notes follow it */
    SrcLoc last_include;       /* include stack printed last */
    uint8_t on[W_COUNT];       /* 0 off, 1 warning, 2 error (-Werror=), 3 warning even under -Werror (-Wno-error=) */
    uint8_t named[W_COUNT];    /* switched by its own name: -Wall and -Wextra leave it alone */
    Buf text;                  /* the message being rendered */
} Diag;

void diag_init(Diag *d, SrcMap *sm, Arena *a, DiagSink *sink, void *ctx);
/* Applies the part after -W ("all", "no-unused", "error=format"). False for an unknown name; true for gcc's names of
 * warnings that idem never gives. */
bool diag_option(Diag *d, const char *w);
/* One message at [loc, end) (end 0: a point). The text ends without a period or newline. */
void diag_at(Diag *d, DiagKind kind, DiagWarning w, SrcLoc loc, SrcLoc end, const char *fmt, ...);
void diag_vat(Diag *d, DiagKind kind, DiagWarning w, SrcLoc loc, SrcLoc end, const char *fmt, va_list ap);
void diag_error(Diag *d, SrcLoc loc, const char *fmt, ...);
void diag_warn(Diag *d, DiagWarning w, SrcLoc loc, const char *fmt, ...);
void diag_note(Diag *d, SrcLoc loc, const char *fmt, ...);
/* A message about a file as a whole or its bytes: "name: error: text" (objects, archives, command lines). */
void diag_file(Diag *d, DiagKind kind, const char *name, const char *fmt, ...);

/* ---- utf8.c ---- */

unsigned utf8_encode(char *dst, uint32_t c);                     /* 1..4 bytes */
unsigned utf8_decode(const char *s, size_t n, uint32_t *c);      /* bytes taken, 0 when malformed */

/* ---- sha256.c: FIPS 180-4 ---- */

typedef struct Sha256 {
    uint32_t h[8];
    uint64_t n;
    uint8_t block[64];
} Sha256;
void sha256_init(Sha256 *s);
void sha256_add(Sha256 *s, const void *p, size_t n);
void sha256_done(Sha256 *s, uint8_t out[32]);
void sha256_hex(const void *p, size_t n, char out[65]);          /* whole thing, as text */

#endif
