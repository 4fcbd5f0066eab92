/* vfork: memory is the parent's, the rest is not; posix_spawn, which tells its caller by that memory; popen; ends by exec, exit, signals. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static volatile int word, got;
static void on(int s) { got++; }

static int status_of(pid_t p)
{
    int s = -1;
    while (waitpid(p, &s, 0) < 0 && errno == EINTR)
        ;
    return s;
}

static void *spawner(void *arg)
{
    for (int i = 0; i < 20; i++) {
        pid_t p = vfork();
        if (!p) {
            __atomic_fetch_add((int *)arg, 1, __ATOMIC_SEQ_CST);
            _exit(i);
        }
        if (WEXITSTATUS(status_of(p)) != i)
            printf("wrong status\n");
    }
    return NULL;
}

static int cloned(void *arg)
{
    *(int *)arg = 7;
    return 9;
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        printf("again %s\n", argv[1]);
        return 4;
    }
    setbuf(stdout, NULL);
    volatile int local = 1;
    pid_t p, parent = getpid();
    int s, r;
    if (!(p = vfork())) {
        word = 5;
        local = getpid() != parent && getppid() == parent;
        _exit(3);
    }
    s = status_of(p);
    printf("exit %d: %d %d\n", WEXITSTATUS(s), word, local);
    if (!(p = vfork())) {
        execl("/nothing/there", "x", NULL);
        word = errno;
        _exit(1);
    }
    s = status_of(p);
    printf("failed exec %d: %d\n", WEXITSTATUS(s), word == ENOENT);
    char *again[] = { "x", "by vfork", NULL };
    if (!(p = vfork())) {
        word = 77;
        execv("/proc/self/exe", again);
        _exit(1);
    }
    r = word;
    s = status_of(p);
    printf("exec %d %d\n", WEXITSTATUS(s), r);

    /* what is the child's alone */
    sigset_t set, old;
    signal(SIGUSR1, on);
    sigemptyset(&set);
    int fd = open("/dev/null", O_RDONLY);
    if (!(p = vfork())) {
        signal(SIGUSR1, SIG_DFL);
        sigfillset(&set);
        sigprocmask(SIG_BLOCK, &set, NULL);
        close(fd);
        chdir("/");
        _exit(0);
    }
    status_of(p);
    sigprocmask(SIG_BLOCK, NULL, &old);
    raise(SIGUSR1);
    char cwd[4096];
    printf("own: %d %d %d %d\n", got, sigismember(&old, SIGUSR2), fcntl(fd, F_GETFD), strcmp(getcwd(cwd, sizeof cwd), "/") != 0);
    /* memory that the child maps is there */
    char *volatile map = NULL;
    if (!(p = vfork())) {
        map = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        strcpy(map, "mapped by the child");
        char *volatile m = malloc(100000);
        memset(m, 1, 100000);
        _exit(0);
    }
    status_of(p);
    printf("%s\n", map);
    /* ends by signals */
    if (!(p = vfork()))
        raise(SIGKILL);
    s = status_of(p);
    printf("killed %d %d\n", WIFSIGNALED(s), WTERMSIG(s));
    signal(SIGTERM, SIG_DFL);
    if (!(p = vfork())) {
        kill(getpid(), SIGTERM);
        _exit(1);
    }
    s = status_of(p);
    printf("term %d %d\n", WIFSIGNALED(s), WTERMSIG(s));
    /* a handler in the child */
    got = 0;
    if (!(p = vfork())) {
        raise(SIGUSR1);
        _exit(got);
    }
    printf("handled %d %d\n", WEXITSTATUS(status_of(p)), got);
    /* one in another */
    if (!(p = vfork())) {
        pid_t q = vfork();
        if (!q) {
            word = 100;
            _exit(5);
        }
        word += WEXITSTATUS(status_of(q));
        _exit(6);
    }
    printf("nested %d", WEXITSTATUS(status_of(p)));
    printf(" %d\n", word);
    for (int i = 0; i < 300; i++) {
        if (!(p = vfork())) {
            word = i;
            _exit(i & 127);
        }
        if (word != i || WEXITSTATUS(status_of(p)) != (i & 127))
            printf("wrong at %d\n", i);
    }
    /* the library's */
    char *missing[] = { "missing", NULL };
    r = posix_spawn(&p, "/nothing/there", NULL, NULL, missing, environ);
    printf("spawn %d\n", r == ENOENT);
    r = posix_spawnp(&p, "surely-not-there", NULL, NULL, missing, environ);
    printf("spawnp %d\n", r == ENOENT);
    posix_spawn_file_actions_t a;
    posix_spawnattr_t attr;
    posix_spawn_file_actions_init(&a);
    posix_spawn_file_actions_addopen(&a, 1, "spawned", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawnattr_init(&attr);
    sigfillset(&set);
    posix_spawnattr_setsigdefault(&attr, &set);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF);
    char *to[] = { "x", "by spawn", NULL };
    r = posix_spawn(&p, "/proc/self/exe", &a, &attr, to, environ);
    printf("spawn %d %d\n", r, WEXITSTATUS(status_of(p)));
    char b[100] = "";
    FILE *f = fopen("spawned", "r");
    fgets(b, sizeof b, f);
    fclose(f);
    unlink("spawned");
    printf("%s", b);
    f = popen("echo popen; exit 3", "r");
    fgets(b, sizeof b, f);
    printf("%s", b);
    printf("%d\n", WEXITSTATUS(pclose(f)));
    printf("%d\n", WEXITSTATUS(system("exit 6")));
    /* by hand, on a stack of its own, without and with the parent's wait */
    char *stack = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int value = 0;
    p = clone(cloned, stack + 65536, CLONE_VM | CLONE_VFORK | SIGCHLD, &value);
    printf("clone %d", value);
    printf(" %d\n", WEXITSTATUS(status_of(p)));
    /* from threads */
    pthread_t t[3];
    int count = 0;
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, spawner, &count);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    printf("threads %d\n", count);
    return 2;
}
