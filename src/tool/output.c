/* output: files appear whole or not at all. Input: bytes and a name; a temporary file beside the target is renamed over
 * it. What is there already and is no regular file (a device, a fifo) stays what it is and is written in place. */
#include "tool/tool.h"

enum { MAX_LINKS = 40, MAX_PATH = 4096 };

static int write_and_close(int fd, const void *bytes, size_t n)
{
    long r = rt_write(fd, bytes, n);
    int c = rt_close(fd);
    return r < 0 ? (int)r : c < 0 ? c : 0;
}

/* Follows links, so that the target is replaced and not the link to it; the target need not exist. */
static const char *follow_links(ToolCtx *t, const char *path)
{
    char to[MAX_PATH];
    for (int i = 0; i < MAX_LINKS; i++) {
        long n = rt_readlink(path, to, sizeof to - 1);
        if (n <= 0)
            break;
        to[n] = 0;
        const char *slash = strrchr(path, '/');
        path = to[0] == '/' || !slash ? arena_strndup(t->perm, to, (size_t)n)
                                      : arena_fmt(t->perm, "%.*s/%s", (int)(slash - path), path, to);
    }
    return path;
}

static int write_in_place(const char *path, int flags, const void *bytes, size_t n)
{
    int fd = rt_open(path, RT_WRONLY | RT_CLOEXEC | flags, 0);
    return fd < 0 ? fd : write_and_close(fd, bytes, n);
}

static int write_by_rename(ToolCtx *t, const char *path, const void *bytes, size_t n, int mode)
{
    const char *slash = strrchr(path, '/');
    int dir = slash ? (int)(slash + 1 - path) : 0;
    const char *temp = NULL;
    int fd = -RT_EEXIST;
    for (int i = 0; i < 100 && fd == -RT_EEXIST; i++) {
        temp = arena_fmt(t->perm, "%.*s.idem-%d-%d.tmp", dir, path, rt_getpid(), i);
        fd = rt_open(temp, RT_WRONLY | RT_CREAT | RT_EXCL | RT_CLOEXEC, mode);
    }
    if (fd < 0)
        return fd;
    int r = write_and_close(fd, bytes, n);
    if (r == 0)
        r = rt_rename(temp, path);
    if (r < 0)
        rt_unlink(temp);
    return r;
}

int tool_write_output(ToolCtx *t, const char *path, const void *bytes, size_t n, int mode)
{
    RtStat st;
    int r;
    if (strcmp(path, "-") == 0) {
        r = rt_file_flush(t->out);
        if (r == 0) {
            long w = rt_write(1, bytes, n);
            r = w < 0 ? (int)w : 0;
        }
        if (r < 0)
            return tool_error(t, "cannot write standard output: %s", rt_strerror(-r));
        return 0;
    }
    bool exists = rt_stat(path, &st) == 0;
    if (exists && (st.mode & RT_S_IFMT) == RT_S_IFDIR) {
        r = -RT_EISDIR;
    } else if (exists && (st.mode & RT_S_IFMT) != RT_S_IFREG) {
        r = write_in_place(path, 0, bytes, n);
    } else {
        path = follow_links(t, path);
        r = write_by_rename(t, path, bytes, n, mode);
        if (r == -RT_EACCES && exists) /* a folder that takes no new names, a file that may be written */
            r = write_in_place(path, RT_TRUNC, bytes, n);
    }
    if (r < 0)
        return tool_error(t, "cannot write '%s': %s", path, rt_strerror(-r));
    return 0;
}
