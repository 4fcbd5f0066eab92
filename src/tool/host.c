/* host: what the core asks of the outside, answered by rt: memory in large steps, files read whole and kept. */
#include "tool/tool.h"

enum { STEP = 1 << 20, GRAIN = 64 << 10, MAX_FREE = 64, PAGE = 4096, MAP_FROM = 256 << 10 };

typedef struct HostFile {
    const char *data;
    size_t n;
    uint64_t id[2];
} HostFile;

typedef struct FreePages {
    void *p;
    size_t n;
} FreePages;

static struct {
    Host host;
    Arena arena;               /* file contents and names */
    Map files;
    char *at, *end;            /* rest of the last step */
    FreePages free[MAX_FREE];  /* given back, to be handed out again */
    uint32_t nfree;
    bool ready;
} self;

static void *pages(void *ctx, size_t n)
{
    (void)ctx;
    n = (size_t)align_up(n, GRAIN);
    for (uint32_t i = 0; i < self.nfree; i++) {
        if (self.free[i].n == n) {
            void *p = self.free[i].p;
            self.free[i] = self.free[--self.nfree];
            return memset(p, 0, n);
        }
    }
    if (n >= STEP)
        return rt_pages(n);
    if ((size_t)(self.end - self.at) < n) {
        char *step = rt_pages(STEP);
        if (!step)
            return NULL;
        self.at = step;
        self.end = step + STEP;
    }
    void *p = self.at;
    self.at += n;
    return p;
}

static void unpages(void *ctx, void *p, size_t n)
{
    (void)ctx;
    if (n >= STEP)
        rt_unpages(p, n);
    else if (self.nfree < MAX_FREE) {
        self.free[self.nfree].p = p;
        self.free[self.nfree++].n = n;
    }
}

/* Large files are libraries, of which little is used: mapped. The byte behind the end is the zero that fills its page, so a file
 * of whole pages has none there and is read. */
static bool map_all(int fd, size_t n, HostFile *f)
{
    if (n < MAP_FROM || n % PAGE == 0)
        return false;
    f->data = rt_map_file(fd, n);
    f->n = n;
    return f->data != NULL;
}

/* Reads to the end of fd; `expect` bytes are likely. */
static int read_all(int fd, size_t expect, HostFile *f)
{
    size_t cap = expect + 1, n = 0;
    char *p = arena_alloc(&self.arena, cap);
    for (;;) {
        long r = rt_read(fd, p + n, cap - n);
        if (r < 0)
            return (int)r;
        if (r == 0)
            break;
        n += (size_t)r;
        if (n == cap) {
            p = arena_grow(&self.arena, p, cap, cap * 2 + 4096);
            cap = cap * 2 + 4096;
        }
    }
    p[n] = 0;
    f->data = p;
    f->n = n;
    return 0;
}

static int open_file(const char *path, RtStat *st)
{
    int fd = strcmp(path, "-") == 0 ? 0 : rt_open(path, RT_RDONLY | RT_CLOEXEC, 0);
    if (fd < 0)
        return fd;
    int r = rt_fstat(fd, st);
    if (r == 0 && (st->mode & RT_S_IFMT) == RT_S_IFDIR)
        r = -RT_EISDIR;
    if (r < 0 && fd)
        rt_close(fd);
    return r < 0 ? r : fd;
}

static int read_file(void *ctx, const char *path, const char **data, size_t *n, uint64_t id[2])
{
    (void)ctx;
    size_t len = strlen(path);
    HostFile *f = map_get(&self.files, path, len);
    if (!f) {
        RtStat st;
        HostFile found;
        int fd = open_file(path, &st), r = 0;
        if (fd < 0)
            return fd;
        size_t size = (st.mode & RT_S_IFMT) == RT_S_IFREG ? (size_t)st.size : 0;
        if (data && !map_all(fd, size, &found))
            r = read_all(fd, size, &found);
        if (fd)
            rt_close(fd);
        if (r < 0 || !data)
            return r;
        found.id[0] = st.dev;
        found.id[1] = st.ino;
        f = arena_new(&self.arena, HostFile);
        *f = found;
        *map_at(&self.files, arena_strndup(&self.arena, path, len), len) = f;
    }
    if (data) {
        *data = f->data;
        *n = f->n;
        if (id) {
            id[0] = f->id[0];
            id[1] = f->id[1];
        }
    }
    return 0;
}

void tool_host_add_file(const char *path, const void *data, size_t n)
{
    Host *host = tool_host();
    HostFile *f = arena_new(&self.arena, HostFile);
    (void)host;
    f->data = data;
    f->n = n;
    f->id[0] = UINT64_MAX;
    f->id[1] = self.files.entries.n;
    *map_at(&self.files, arena_strndup(&self.arena, path, strlen(path)), strlen(path)) = f;
}

static void fatal(void *ctx, const char *msg)
{
    RtFile err;
    (void)ctx;
    rt_file_init(&err, 2);
    rt_file_fmt(&err, "idem: fatal: %s\n", msg);
    rt_file_flush(&err);
    rt_exit(70);
}

Host *tool_host(void)
{
    if (!self.ready) {
        self.host.ctx = &self;
        self.host.pages = pages;
        self.host.unpages = unpages;
        self.host.read_file = read_file;
        self.host.fatal = fatal;
        self.ready = true;
        arena_init(&self.arena, &self.host);
        map_init(&self.files, &self.arena);
    }
    return &self.host;
}
