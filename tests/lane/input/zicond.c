/* What qemu 7.2 does not know of Zicond: linked into a program for rv64, executes czero.eqz and czero.nez in the handler of the
 * illegal instruction they are for it. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <ucontext.h>

static void illegal(int sig, siginfo_t *info, void *context)
{
    ucontext_t *u = context;
    unsigned long *r = (unsigned long *)u->uc_mcontext.__gregs; /* [0] is pc in the place of x0 */
    uint32_t w;
    (void)info;
    memcpy(&w, (void *)r[0], 4);
    unsigned rd = w >> 7 & 31, rs1 = w >> 15 & 31, rs2 = w >> 20 & 31, f3 = w >> 12 & 7;
    if ((w & 0xfe00007f) != 0x0e000033 || (f3 != 5 && f3 != 7)) {
        signal(sig, SIG_DFL);
        return;
    }
    unsigned long a = rs1 ? r[rs1] : 0, c = rs2 ? r[rs2] : 0;
    if (rd)
        r[rd] = (c == 0) == (f3 == 5) ? 0 : a;
    r[0] += 4;
}

__attribute__((constructor)) static void install(void)
{
    struct sigaction s;
    memset(&s, 0, sizeof s);
    s.sa_sigaction = illegal;
    s.sa_flags = SA_SIGINFO;
    sigaction(SIGILL, &s, 0);
}
