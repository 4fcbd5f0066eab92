/* Handlers: of faults, which see and change registers; of signals sent to itself; masks, the alternate stack. */
#define _GNU_SOURCE
#include <fenv.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

static sigjmp_buf out;
static volatile int calls, again;
static volatile double kept = 1.5;
static char alternate[65536];

static void jump(int signal, siginfo_t *info, void *context)
{
    (void)context;
    printf("signal %d code %d address %lx\n", signal, info->si_code, signal == SIGSEGV ? (long)info->si_addr : 0);
    siglongjmp(out, signal);
}

static void skip(int signal, siginfo_t *info, void *context)
{
    ucontext_t *u = context;
    uint16_t first;
    memcpy(&first, (void *)u->uc_mcontext.__gregs[REG_PC], 2);
    u->uc_mcontext.__gregs[REG_PC] += (first & 3) == 3 ? 4 : 2;
    u->uc_mcontext.__gregs[REG_A0] = 77;
    printf("skip %d at its address: %d\n", signal, (long)info->si_addr == (long)u->uc_mcontext.__gregs[REG_PC] - 2);
    calls++;
}

static void count(int signal)
{
    int here;
    calls++;
    kept = kept * 2 + 1;
    fesetround(FE_DOWNWARD);
    printf("count %d, on the alternate stack: %d\n", signal, (char *)&here >= alternate && (char *)&here < alternate + sizeof alternate);
}

static void nested(int signal)
{
    calls++;
    printf("nested %d enter\n", signal);
    if (signal == SIGUSR1 && !again) {
        again = 1;
        raise(SIGUSR2);        /* comes now */
        raise(SIGUSR1);        /* comes when this one is done */
    }
    printf("nested %d leave\n", signal);
}

static void install(int signal, void *handler, int flags)
{
    struct sigaction a;
    memset(&a, 0, sizeof a);
    a.sa_sigaction = (void (*)(int, siginfo_t *, void *))handler;
    a.sa_flags = flags;
    printf("install %d: %d\n", signal, sigaction(signal, &a, NULL));
}

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0);
    install(SIGSEGV, jump, SA_SIGINFO);
    if (!sigsetjmp(out, 1))
        *(volatile int *)16 = 1;
    char *page = mmap(NULL, 8192, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    install(SIGSEGV, jump, SA_SIGINFO);
    if (!sigsetjmp(out, 1)) {
        printf("reads %d\n", page[0]);
        munmap(page, 8192);
        mmap((void *)0x10000000, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
        *(volatile char *)0x10000001 = 1;
    }
    install(SIGTRAP, skip, SA_SIGINFO);
    register long a0 __asm__("a0") = 5;
    __asm__ volatile("c.ebreak" : "+r"(a0));
    printf("a0 %ld\n", a0);
    install(SIGILL, jump, SA_SIGINFO);
    if (!sigsetjmp(out, 1))
        __asm__ volatile("unimp");

    stack_t s, old;
    memset(&s, 0, sizeof s);
    s.ss_sp = alternate;
    s.ss_size = sizeof alternate;
    printf("sigaltstack: %d\n", sigaltstack(&s, NULL));
    install(SIGUSR1, count, SA_ONSTACK | SA_RESETHAND);
    register double f __asm__("fs5") = 2.25;
    __asm__ volatile("" : "+f"(f));
    raise(SIGUSR1);
    __asm__ volatile("" : "+f"(f));
    printf("calls %d, %g kept, fs5 %g, rounding %d\n", calls, kept, f, fegetround());
    sigaltstack(NULL, &old);
    printf("flags %d, size %zu\n", old.ss_flags, old.ss_size);
    struct sigaction a;
    sigaction(SIGUSR1, NULL, &a);
    printf("reset: %d\n", a.sa_handler == SIG_DFL);

    install(SIGUSR1, nested, 0);
    install(SIGUSR2, nested, 0);
    raise(SIGUSR1);
    sigset_t set, pending;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    sigprocmask(SIG_BLOCK, &set, NULL);
    kill(getpid(), SIGUSR2);
    sigpending(&pending);
    printf("pending %d %d\n", sigismember(&pending, SIGUSR2), sigismember(&pending, SIGUSR1));
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    signal(SIGUSR2, SIG_IGN);
    raise(SIGUSR2);
    printf("ignored; calls %d\n", calls);
    signal(SIGPIPE, SIG_IGN);
    int pipes[2];
    printf("pipe %d\n", pipe(pipes));
    close(pipes[0]);
    printf("write %zd\n", write(pipes[1], "x", 1));
    signal(SIGPIPE, SIG_DFL);
    raise(SIGCHLD);
    write(pipes[1], "x", 1);
    printf("not reached\n");
    return 0;
}
