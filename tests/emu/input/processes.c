/* Processes: fork, pipe, wait, exec of itself, of a script's, of what is not there and of the host's; system, posix_spawn; SIGCHLD,
 * alarm, signals that end a child, EINTR and SA_RESTART. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static volatile sig_atomic_t children, alarms;
static void on_child(int s) { children++; }
static void on_alarm(int s) { alarms++; }

static void on(int signal, void (*f)(int), int flags)
{
    struct sigaction a = { .sa_handler = f, .sa_flags = flags };
    sigaction(signal, &a, NULL);
}

static int status_of(pid_t p)
{
    int s = 0;
    return waitpid(p, &s, 0) == p ? s : -1;
}

static void timer(int ms)
{
    struct itimerval v = { { 0, 0 }, { 0, ms * 1000 } };
    setitimer(ITIMER_REAL, &v, NULL);
}

int main(int argc, char **argv)
{
    if (argc > 1 && !strcmp(argv[1], "again")) {
        printf("again: %s %d %s\n", argv[0], argc, getenv("ONLY"));
        for (char **e = environ; *e; e++)
            printf("%s\n", *e);
        return 4;
    }
    setbuf(stdout, NULL);
    int fds[2], s, r;
    char buf[100];
    pid_t p;
    pipe(fds);
    if (!(p = fork())) {
        write(fds[1], "from a child", 13);
        _exit(7);
    }
    read(fds[0], buf, 13);
    s = status_of(p);
    printf("%s %d\n", buf, WEXITSTATUS(s));
    char *self = realpath("/proc/self/exe", NULL);
    if (!(p = fork())) {
        char *a[] = { "name", "again", "x", NULL }, *env[] = { "ONLY=this", NULL };
        execve(self, a, env);
        _exit(1);
    }
    printf("exec %d\n", WEXITSTATUS(status_of(p)));
    execl("/nothing/there", "x", NULL);
    printf("missing %d\n", errno == ENOENT);
    execl("/etc/passwd", "x", NULL);
    printf("not executable %d\n", errno == EACCES);
    fflush(stdout);
    printf("system %d\n", WEXITSTATUS(system("echo hello | tr l L; exit 5")));
    char *a[] = { "sh", "-c", "echo spawned", NULL };
    r = posix_spawn(&p, "/bin/sh", NULL, NULL, a, environ);
    s = status_of(p);
    printf("spawn %d %d\n", r, s);
    if (!(p = fork())) {
        signal(SIGTERM, SIG_DFL);
        kill(getpid(), SIGTERM);
        _exit(1);
    }
    s = status_of(p);
    printf("term %d %d\n", WIFSIGNALED(s), WTERMSIG(s));
    if (!(p = fork())) {
        for (;;)
            pause();
    }
    kill(p, SIGINT);
    s = status_of(p);
    printf("int %d %d\n", WIFSIGNALED(s), WTERMSIG(s));
    on(SIGCHLD, on_child, SA_RESTART);
    if (!(p = fork()))
        _exit(0);
    s = status_of(p);
    printf("child %d %d\n", s, (int)children);
    on(SIGALRM, on_alarm, 0);
    timer(20);
    r = read(fds[0], buf, 1);
    printf("eintr %d %d %d\n", r, errno == EINTR, (int)alarms);
    on(SIGALRM, on_alarm, SA_RESTART);
    if (!(p = fork())) {
        usleep(100000);
        write(fds[1], "y", 1);
        _exit(0);
    }
    timer(20);
    r = read(fds[0], buf, 1);
    printf("restart %d %c %d\n", r, buf[0], (int)alarms);
    status_of(p);
    timer(20);
    while (alarms < 3)
        ;
    printf("busy %d\n", (int)alarms);
    sigset_t set, old;
    sigemptyset(&set);
    sigaddset(&set, SIGALRM);
    sigprocmask(SIG_BLOCK, &set, &old);
    kill(getpid(), SIGALRM);
    sigpending(&set);
    printf("pending %d %d\n", sigismember(&set, SIGALRM), (int)alarms);
    r = sigsuspend(&old);
    printf("suspend %d %d %d\n", r, errno == EINTR, (int)alarms);
    timer(10);
    sigemptyset(&set);
    sigaddset(&set, SIGALRM);
    sigwait(&set, &r);
    printf("sigwait %d %d\n", r, (int)alarms);
    return 6;
}
