/* tool: the commands. The only room with argv, exit codes, files and a terminal; everything below is a library.
 * One file a command; main.c holds the table of them. */
#ifndef TOOL_H
#define TOOL_H

#include "base/base.h"

#define TOOL_VERSION "0.1.0"

/* ---- what a command gets ---- */

typedef struct ToolCtx {
    Host *host;
    Arena *perm;               /* lives as long as the process */
    const char *command;       /* "cc": stands in front of messages */
    char **envp;
    RtFile *out, *err;         /* standard output and error; main flushes them and checks for errors */
} ToolCtx;

/* argv[0] is the command's name. The result is the exit status: 0, 1 (the input is at fault), 2 (usage) or what a
 * command says of itself. */
typedef int ToolMain(ToolCtx *t, int argc, char **argv);

typedef struct ToolCommand {
    const char *name;
    ToolMain *run;
    const char *help;          /* one line */
    bool targets;              /* takes -target TRIPLE */
} ToolCommand;

/* ---- main.c ---- */

extern const ToolCommand tool_commands[];               /* ends with a NULL name */
/* "idem cc: error: text" on standard error. Result 1, for `return tool_error(...)`. */
int tool_error(ToolCtx *t, const char *fmt, ...);
const char *tool_getenv(const ToolCtx *t, const char *name); /* NULL when unset */
/* A DiagSink on standard error; ctx is the ToolCtx. */
void tool_diag_sink(void *ctx, const char *s, size_t n);
/* Whether messages may be coloured: standard error is a terminal, TERM is set and not "dumb", NO_COLOR is unset. */
bool tool_wants_color(const ToolCtx *t);
/* The folder the running executable stands in, without a trailing slash ("." when the kernel does not tell). */
const char *tool_self_dir(ToolCtx *t);

/* ---- host.c ---- */

/* The one Host of the process: pages from the kernel, files read whole and kept. The path "-" is standard input. */
Host *tool_host(void);
/* Makes bytes readable under a name, as if they were a file: how cc hands its objects to ld. They must stay where
 * they are; a NUL follows them. */
void tool_host_add_file(const char *path, const void *data, size_t n);

/* ---- output.c ---- */

/* Writes a file that appears whole or not at all: a temporary name in the same folder, then rename. "-" is standard
 * output; an existing device, fifo or socket is opened and written as it stands. `mode` is 0666 or 0777, less the
 * umask. On failure: a message with the name, nothing left behind. Result 0 or 1. */
int tool_write_output(ToolCtx *t, const char *path, const void *bytes, size_t n, int mode);

/* ---- objdump.c ---- */

/* An ELF object as text that `idem as` makes the same object of, appended to text. 0, or 1 after a message. */
int tool_assembly(ToolCtx *t, const char *name, const void *object, size_t n, Buf *text);

/* ---- the commands, one file each ---- */

ToolMain tool_ld;
ToolMain tool_ar, tool_ranlib;
ToolMain tool_nm;
ToolMain tool_sha256;
ToolMain tool_cmp;
ToolMain tool_as, tool_objdump;
ToolMain tool_cc;
ToolMain tool_ld;
ToolMain tool_ar, tool_ranlib;
ToolMain tool_nm;
ToolMain tool_ir;
ToolMain tool_emu;

#endif
