/* arena: memory by lifetime. Chunks of a standard size come from the host and are filled from the front; a request that
 * would waste most of a chunk gets one of its own, behind the current one. Freed as a whole. */
#include "base/base.h"

struct ArenaChunk {
    ArenaChunk *next;
    size_t size;               /* of the whole, header included */
    char *free;                /* sanitized builds: where the next allocation starts */
};

enum { HEADER = 32, GAP = 16, STANDARD = 256 << 10, STEP = 64 << 10, BIG = STANDARD / 4 };
STATIC_ASSERT(sizeof(ArenaChunk) <= HEADER, chunk_header);

/* A hostile build fills fresh and reset memory, never grows in place, and under an address sanitizer puts a
 * forbidden gap behind every allocation: the fast path finds no room, so that each one comes through arena_more. */
#ifdef IDEM_HOSTILE
#define HOSTILE true
#define FILL(p, n) memset((p), 0xA5, (n))
#else
#define HOSTILE false
#define FILL(p, n) ((void)0)
#endif
#if defined(IDEM_HOSTILE) && defined(__SANITIZE_ADDRESS__)
void __asan_poison_memory_region(void const volatile *p, size_t n);
void __asan_unpoison_memory_region(void const volatile *p, size_t n);
#define FORBID(p, n) __asan_poison_memory_region((p), (n))
#define ALLOW(p, n) __asan_unpoison_memory_region((p), (n))
#define SANITIZED true
#else
#define FORBID(p, n) ((void)0)
#define ALLOW(p, n) ((void)0)
#define SANITIZED false
#endif

_Noreturn void base_bug(Host *host, const char *file, int line, const char *msg)
{
    char text[512];
    rt_snfmt(text, sizeof text, "internal error at %s:%d: %s", file, line, msg);
    host->fatal(host->ctx, text);
    rt_exit(70);
}

void arena_init(Arena *a, Host *host)
{
    memset(a, 0, sizeof *a);
    a->host = host;
    a->at = a->end = (char *)a; /* no room, and not NULL for a request of 0 bytes */
}

static void give_back(Arena *a, ArenaChunk *c)
{
    size_t size = c->size;
    a->total -= size;
    ALLOW(c, size);
    a->host->unpages(a->host->ctx, c, size);
}

static void free_list(Arena *a, ArenaChunk *c)
{
    while (c) {
        ArenaChunk *next = c->next;
        give_back(a, c);
        c = next;
    }
}

void arena_free(Arena *a)
{
    free_list(a, a->chunks);
    free_list(a, a->spare);
    arena_init(a, a->host);
}

void arena_reset(Arena *a)
{
    ArenaChunk *c = a->chunks;
    while (c) {
        ArenaChunk *next = c->next;
        if (c->size == STANDARD) {
            ALLOW(c, c->size);
            FILL((char *)c + HEADER, c->size - HEADER);
            FORBID((char *)c + HEADER, c->size - HEADER);
            c->next = a->spare;
            a->spare = c;
        } else {
            give_back(a, c);
        }
        c = next;
    }
    a->chunks = NULL;
    a->at = a->end = (char *)a;
}

static ArenaChunk *new_chunk(Arena *a, size_t size)
{
    ArenaChunk *c = NULL;
    if (size <= (size_t)1 << 46)
        c = a->host->pages(a->host->ctx, size);
    if (!c) {
        a->host->fatal(a->host->ctx, "memory exhausted");
        rt_exit(70);
    }
    FILL(c, size);
    FORBID((char *)c + HEADER, size - HEADER);
    c->size = size;
    c->free = (char *)c + HEADER;
    a->total += size;
    return c;
}

void *arena_more(Arena *a, size_t n)
{
    ArenaChunk *c = a->chunks;
    if (SANITIZED && c && (size_t)((char *)c + c->size - c->free) >= n + GAP) {
        char *p = c->free;
        c->free += n + GAP;
        ALLOW(p, n);
        return p;
    }
    if (n >= BIG) {
        c = new_chunk(a, align_up(n + HEADER, STEP));
        c->free = (char *)c + c->size;
        ALLOW((char *)c + HEADER, n);
        if (a->chunks) {
            c->next = a->chunks->next;
            a->chunks->next = c;
        } else {
            c->next = NULL;
            a->chunks = c;
        }
        return (char *)c + HEADER;
    }
    c = a->spare;
    if (c)
        a->spare = c->next;
    else
        c = new_chunk(a, STANDARD);
    c->next = a->chunks;
    a->chunks = c;
    if (SANITIZED) {
        c->free = (char *)c + HEADER + n + GAP;
        ALLOW((char *)c + HEADER, n);
        return (char *)c + HEADER;
    }
    a->at = (char *)c + HEADER + n;
    a->end = (char *)c + STANDARD;
    return (char *)c + HEADER;
}

void *arena_zalloc(Arena *a, size_t n)
{
    if (n >= BIG && !HOSTILE)
        return arena_more(a, n);   /* a chunk of its own: fresh pages are zeroed */
    return memset(arena_alloc(a, n), 0, n);
}

/* Gives back the chunk that p alone lives in, if there is one. */
static void drop_big(Arena *a, void *p)
{
    for (ArenaChunk **at = &a->chunks; *at; at = &(*at)->next) {
        ArenaChunk *c = *at;
        if ((char *)c + HEADER == (char *)p && c->size != STANDARD) {
            *at = c->next;
            give_back(a, c);
            return;
        }
    }
}

void *arena_grow(Arena *a, void *p, size_t old, size_t n)
{
    size_t old_round = (old + 15) & ~(size_t)15;
    if (!p)
        return arena_alloc(a, n);
    if (n <= old)
        return p;
    if (!HOSTILE && (char *)p + old_round == a->at) {
        size_t more = ((n + 15) & ~(size_t)15) - old_round;
        if ((size_t)(a->end - a->at) >= more) {
            a->at += more;
            return p;
        }
    }
    void *q = arena_alloc(a, n);
    memcpy(q, p, old);
    FILL(p, old);
    FORBID(p, old_round);
    if (old_round >= BIG)
        drop_big(a, p);
    return q;
}

char *arena_strndup(Arena *a, const char *s, size_t n)
{
    char *p = arena_alloc(a, n + 1);
    memcpy(p, s, n);
    p[n] = 0;
    return p;
}

char *arena_fmt(Arena *a, const char *fmt, ...)
{
    Buf b;
    va_list ap;
    buf_init(&b, a);
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    return buf_cstr(&b);
}
