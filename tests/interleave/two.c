/* Two units in one process through src/idem.h, a step of each in turn, with two contexts and with one; their objects are compared with
 * what `idem cc -c` wrote. two A.c A.o B.c B.o OPTION... */
#include "idem.h"
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

typedef struct Outside { jmp_buf dead; char message[4096]; size_t pages; } Outside;

static void *pages(void *ctx, size_t n)
{
    void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ((Outside *)ctx)->pages += n;
    return p == MAP_FAILED ? NULL : p;
}

static void unpages(void *ctx, void *p, size_t n)
{
    ((Outside *)ctx)->pages -= n;
    munmap(p, n);
}

static int read_file(void *ctx, const char *path, const char **data, size_t *n, uint64_t id[2])
{
    struct stat st;
    FILE *f;
    char *p;
    (void)ctx;
    if (stat(path, &st) != 0)
        return -2;
    if (!S_ISREG(st.st_mode))
        return -21;
    if (id) {
        id[0] = (uint64_t)st.st_dev;
        id[1] = (uint64_t)st.st_ino;
    }
    if (!data)
        return 0;
    f = fopen(path, "rb");
    if (!f)
        return -13;
    p = malloc((size_t)st.st_size + 1);
    *n = fread(p, 1, (size_t)st.st_size, f);
    p[*n] = 0;
    fclose(f);
    *data = p;
    return 0;
}

static void fatal(void *ctx, const char *msg)
{
    fprintf(stderr, "fatal: %s\n", msg);
    longjmp(((Outside *)ctx)->dead, 1);
}

static void message(void *ctx, const char *s, size_t n)
{
    (void)ctx;
    fwrite(s, 1, n, stderr);
}

static int same(const char *what, IdemUnit *u, const char *path)
{
    size_t n, m;
    const char *want;
    const void *got = idem_object(u, &n);
    if (read_file(NULL, path, &want, &m, NULL) != 0 || !got || n != m || memcmp(got, want, n) != 0) {
        printf("not ok %s: %s\n", what, got ? "other bytes than idem cc -c" : "no object");
        return 0;
    }
    printf("ok %s\n", what);
    return 1;
}

static Idem *context(IdemHost *h, int argc, char **argv, int from)
{
    Idem *im = idem_new(h, "x86_64-linux-musl");
    while (from < argc) {
        int used = idem_option(im, argc - from, (const char *const *)argv + from);
        if (used <= 0)
            exit(4);
        from += used;
    }
    return im;
}

int main(int argc, char **argv)
{
    static const char *const plans[] = { "two contexts, step by step", "two contexts, seven steps to one", "one context, step by step", "one after the other" };
    Outside out = {0};
    IdemHost h = { &out, pages, unpages, read_file, fatal, message };
    int bad = 0;
    if (setjmp(out.dead))
        return 2;
    for (int plan = 0; plan < 4; plan++) {
        const char *text[2];
        size_t n[2];
        IdemUnit *u[2];
        Idem *im[2];
        char what[100];
        im[0] = context(&h, argc, argv, 5);
        im[1] = plan < 2 ? context(&h, argc, argv, 5) : im[0];
        for (int k = 0; k < 2; k++) {
            if (read_file(NULL, argv[1 + 2 * k], &text[k], &n[k], NULL) != 0)
                return 3;
            u[k] = idem_begin(im[k], IDEM_C, argv[1 + 2 * k], text[k], n[k]);
        }
        if (plan == 3) {
            while (idem_step(u[0])) ;
            while (idem_step(u[1])) ;
        } else {
            int more = 3;
            while (more) {
                for (int k = 0; k < (plan == 1 ? 7 : 1) && (more & 1); k++)
                    if (!idem_step(u[0]))
                        more &= ~1;
                if ((more & 2) && !idem_step(u[1]))
                    more &= ~2;
            }
        }
        for (int k = 0; k < 2; k++) {
            snprintf(what, sizeof what, "%s: %s unit", plans[plan], k ? "second" : "first");
            bad += !same(what, u[k], argv[2 + 2 * k]);
        }
        idem_end(u[0]);
        idem_end(u[1]);
        idem_free(im[0]);
        if (im[1] != im[0])
            idem_free(im[1]);
    }
    printf("%s nothing is left behind\n", out.pages ? "not ok" : "ok");
    return bad || out.pages;
}
