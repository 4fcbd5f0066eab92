/* Writes TEXT to PATH by tool_write_output, with MODE in octal: write PATH MODE TEXT. */
#include "tool/tool.h"

int tool_error(ToolCtx *t, const char *fmt, ...)
{
    va_list ap;
    char text[600];
    Buf b;
    buf_init(&b, t->perm);
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    rt_snfmt(text, sizeof text, "error: %s\n", buf_cstr(&b));
    rt_write(2, text, strlen(text));
    return 1;
}

int main(int argc, char **argv, char **envp)
{
    ToolCtx t;
    Arena perm;
    RtFile out, err;
    if (argc != 4)
        return 9;
    t.host = tool_host();
    arena_init(&perm, t.host);
    rt_file_init(&out, 1);
    rt_file_init(&err, 2);
    t.perm = &perm;
    t.command = "write";
    t.envp = envp;
    t.out = &out;
    t.err = &err;
    return tool_write_output(&t, argv[1], argv[3], strlen(argv[3]), argv[2][1] == '7' ? 0777 : 0666);
}
