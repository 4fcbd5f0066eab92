/* buf: growing byte strings and vectors in an arena. Both double, so appending costs a constant per byte. */
#include "base/base.h"

void buf_init(Buf *b, Arena *a)
{
    b->arena = a;
    b->p = NULL;
    b->n = b->cap = 0;
}

void buf_reserve(Buf *b, size_t more)
{
    if (more <= b->cap - b->n)
        return;
    size_t cap = b->cap ? b->cap * 2 : 64;
    if (cap < b->n + more)
        cap = b->n + more;
    cap = (cap + 15) & ~(size_t)15;
    b->p = arena_grow(b->arena, b->p, b->cap, cap);
    b->cap = cap;
}

void buf_put(Buf *b, const void *s, size_t n)
{
    if (!n)
        return;
    buf_reserve(b, n);
    memcpy(b->p + b->n, s, n);
    b->n += n;
}

void buf_zero(Buf *b, size_t n)
{
    if (!n)
        return;
    buf_reserve(b, n);
    memset(b->p + b->n, 0, n);
    b->n += n;
}

void buf_align(Buf *b, size_t align, uint8_t fill)
{
    size_t n = (size_t)align_up(b->n, align) - b->n;
    if (!n)
        return;
    buf_reserve(b, n);
    memset(b->p + b->n, fill, n);
    b->n += n;
}

void buf_str(Buf *b, const char *s)
{
    buf_put(b, s, strlen(s));
}

static void put_buf(void *ctx, const char *s, size_t n)
{
    buf_put(ctx, s, n);
}

void buf_vfmt(Buf *b, const char *fmt, va_list ap)
{
    rt_vfmt(put_buf, b, fmt, ap);
}

void buf_fmt(Buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    rt_vfmt(put_buf, b, fmt, ap);
    va_end(ap);
}

void buf_u16(Buf *b, unsigned v)
{
    buf_reserve(b, 2);
    put_u16(b->p + b->n, v);
    b->n += 2;
}

void buf_u32(Buf *b, uint32_t v)
{
    buf_reserve(b, 4);
    put_u32(b->p + b->n, v);
    b->n += 4;
}

void buf_u64(Buf *b, uint64_t v)
{
    buf_reserve(b, 8);
    put_u64(b->p + b->n, v);
    b->n += 8;
}

char *buf_cstr(Buf *b)
{
    buf_reserve(b, 1);
    b->p[b->n] = 0;
    return (char *)b->p;
}

void *vec_grow(Arena *a, void *p, uint32_t n, uint32_t *cap, uint32_t more, size_t size)
{
    uint64_t want = (uint64_t)n + more, next = *cap ? (uint64_t)*cap * 2 : 8;
    if (next < want)
        next = want;
    if (next > UINT32_MAX) {
        if (want > UINT32_MAX) {
            a->host->fatal(a->host->ctx, "too many elements");
            rt_exit(70);
        }
        next = UINT32_MAX;
    }
    p = arena_grow(a, p, *cap * size, (size_t)next * size);
    *cap = (uint32_t)next;
    return p;
}
