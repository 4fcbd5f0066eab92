/* file: a buffered writer on a descriptor. The first error is kept, what follows it is dropped. */
#include "rt/rt.h"

void rt_file_init(RtFile *f, int fd)
{
    f->fd = fd;
    f->err = 0;
    f->n = 0;
}

int rt_file_flush(RtFile *f)
{
    if (f->n && !f->err) {
        long r = rt_write(f->fd, f->buf, f->n);
        if (r < 0)
            f->err = (int)r;
    }
    f->n = 0;
    return f->err;
}

void rt_file_write(RtFile *f, const char *s, size_t n)
{
    if (n > sizeof f->buf - f->n)
        rt_file_flush(f);
    if (n >= sizeof f->buf) {
        if (!f->err) {
            long r = rt_write(f->fd, s, n);
            if (r < 0)
                f->err = (int)r;
        }
        return;
    }
    memcpy(f->buf + f->n, s, n);
    f->n += n;
}

static void put_file(void *ctx, const char *s, size_t n)
{
    rt_file_write(ctx, s, n);
}

void rt_file_fmt(RtFile *f, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    rt_vfmt(put_file, f, fmt, ap);
    va_end(ap);
}
