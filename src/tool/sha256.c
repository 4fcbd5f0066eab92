/* idem sha256: sums in the format of sha256sum. */
#include "tool/tool.h"

static int sum_file(ToolCtx *t, const char *name)
{
    char buf[16384], hex[65];
    uint8_t sum[32];
    Sha256 s;
    int fd = strcmp(name, "-") == 0 ? 0 : rt_open(name, RT_RDONLY | RT_CLOEXEC, 0);
    long r = fd < 0 ? fd : 0;
    sha256_init(&s);
    while (fd >= 0 && (r = rt_read(fd, buf, sizeof buf)) > 0)
        sha256_add(&s, buf, (size_t)r);
    if (fd > 0)
        rt_close(fd);
    if (r < 0)
        return tool_error(t, "cannot read '%s': %s", name, rt_strerror((int)-r));
    sha256_done(&s, sum);
    for (unsigned i = 0; i < 32; i++)
        rt_snfmt(hex + 2 * i, 3, "%02x", sum[i]);
    rt_file_fmt(t->out, "%s  %s\n", hex, name);
    return 0;
}

int tool_sha256(ToolCtx *t, int argc, char **argv)
{
    int status = 0;
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        rt_file_fmt(t->out, "usage: idem sha256 [FILE...]\n"
                            "Prints the SHA-256 sum of each FILE; standard input for none or '-'.\n");
        return 0;
    }
    if (argc == 1)
        return sum_file(t, "-");
    for (int i = 1; i < argc; i++)
        status |= sum_file(t, argv[i]);
    return status;
}
