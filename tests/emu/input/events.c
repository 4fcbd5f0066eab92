/* epoll, eventfd, timerfd, signalfd, inotify; timers that send signals, also to a thread; fexecve, extended attributes, prctl. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#define SHOW(x) printf("%s: %ld\n", #x, (long)(x))
#define FAILS(x) (errno = 0, r = (x), printf("%s: %ld, %d\n", #x, r, errno))
static long r;
static volatile int got, value, notified;
static void on(int s) { got++; }
static void info(int s, siginfo_t *i, void *c) { got++; value = i->si_value.sival_int * (i->si_code == SI_TIMER); }
static void notify(union sigval v) { __atomic_store_n(&notified, v.sival_int, __ATOMIC_SEQ_CST); }

static void *writes(void *p)
{
    usleep(20000);
    uint64_t v = 5;
    write(*(int *)p, &v, 8);
    return NULL;
}

static void epolls(void)
{
    int e = epoll_create1(EPOLL_CLOEXEC), p[2], v = eventfd(0, EFD_NONBLOCK);
    struct epoll_event in = { EPOLLIN, { .u64 = 0x123456789abcdef0 } }, out[4];
    pthread_t t;
    pipe(p);
    SHOW(fcntl(e, F_GETFD));
    SHOW(epoll_ctl(e, EPOLL_CTL_ADD, p[0], &in));
    in.data.u64 = 77;
    in.events = EPOLLIN | EPOLLET;
    SHOW(epoll_ctl(e, EPOLL_CTL_ADD, v, &in));
    FAILS(epoll_ctl(e, EPOLL_CTL_ADD, v, &in));
    FAILS(epoll_ctl(e, EPOLL_CTL_ADD, v, (void *)8));
    SHOW(epoll_wait(e, out, 4, 0));
    SHOW(epoll_wait(e, out, 4, 10));
    write(p[1], "x", 1);
    SHOW(epoll_wait(e, out, 4, -1));
    printf("%x %llx\n", out[0].events, (long long)out[0].data.u64);
    uint64_t n = 3;
    write(v, &n, 8);
    int k = epoll_wait(e, out, 4, 1000);
    printf("%d %llx\n", k, (long long)out[0].data.u64 ^ (long long)out[1].data.u64);
    SHOW(epoll_wait(e, out, 4, 0)); /* the edge was told */
    read(p[0], &k, 1);
    SHOW(epoll_wait(e, out, 4, 0));
    pthread_create(&t, NULL, writes, &v);
    SHOW(epoll_wait(e, out, 4, -1));
    pthread_join(t, NULL);
    read(v, &n, 8);
    SHOW(n);
    FAILS(read(v, &n, 8));
    FAILS(epoll_wait(e, out, 0, 0));
    FAILS(epoll_wait(e, (void *)8, 4, 0));
    SHOW(epoll_ctl(e, EPOLL_CTL_MOD, p[0], &in));
    SHOW(epoll_ctl(e, EPOLL_CTL_DEL, p[0], NULL));
    close(p[1]);
    SHOW(epoll_wait(e, out, 4, 0));
    /* a signal let in for the wait alone */
    sigset_t block, old;
    struct sigaction sa = { .sa_handler = on };
    sigaction(SIGUSR1, &sa, NULL);
    sigemptyset(&block);
    sigaddset(&block, SIGUSR1);
    sigprocmask(SIG_BLOCK, &block, &old);
    kill(getpid(), SIGUSR1);
    SHOW(got);
    FAILS(epoll_pwait(e, out, 4, 1000, &old));
    SHOW(got);
    sigprocmask(SIG_SETMASK, &old, NULL);
    int s = eventfd(2, EFD_SEMAPHORE);
    read(s, &n, 8);
    SHOW(n);
    close(e);
    close(v);
}

static void timers(void)
{
    int f = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    struct itimerspec t = { { 0, 5000000 }, { 0, 5000000 } }, left;
    uint64_t n = 0;
    FAILS(read(f, &n, 8));
    SHOW(timerfd_settime(f, 0, &t, NULL));
    usleep(40000);
    SHOW(read(f, &n, 8));
    SHOW(n >= 3);
    SHOW(timerfd_gettime(f, &left));
    SHOW(left.it_interval.tv_nsec);
    fcntl(f, F_SETFL, 0);
    SHOW(read(f, &n, 8));
    close(f);

    timer_t id;
    struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN + 1, .sigev_value = { .sival_int = 42 } };
    struct sigaction sa = { .sa_sigaction = info, .sa_flags = SA_SIGINFO };
    sigaction(SIGRTMIN + 1, &sa, NULL);
    got = 0;
    SHOW(timer_create(CLOCK_MONOTONIC, &ev, &id));
    t.it_interval.tv_nsec = 0;
    t.it_value.tv_nsec = 10000000;
    SHOW(timer_settime(id, 0, &t, NULL));
    FAILS(pause());
    SHOW(got);
    SHOW(value);
    t.it_value.tv_sec = 100;
    timer_settime(id, 0, &t, NULL);
    timer_gettime(id, &left);
    SHOW(left.it_value.tv_sec >= 99);
    SHOW(timer_getoverrun(id));
    SHOW(timer_delete(id));
    FAILS(timer_delete(id));
    ev.sigev_notify = SIGEV_THREAD;
    ev.sigev_notify_function = notify;
    ev.sigev_value.sival_int = 9;
    SHOW(timer_create(CLOCK_REALTIME, &ev, &id));
    t.it_value.tv_sec = 0;
    timer_settime(id, 0, &t, NULL);
    for (int i = 0; i < 1000 && !__atomic_load_n(&notified, __ATOMIC_SEQ_CST); i++)
        usleep(2000);
    SHOW(notified);
    timer_delete(id);
}

static void signals(void)
{
    sigset_t set;
    struct signalfd_siginfo i;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    int f = signalfd(-1, &set, 0);
    kill(getpid(), SIGUSR2);
    SHOW(read(f, &i, sizeof i));
    printf("%d %d\n", i.ssi_signo, i.ssi_pid == getpid());
    pid_t p = fork();
    if (!p)
        _exit(3);
    SHOW(read(f, &i, sizeof i));
    printf("%d %d %d\n", i.ssi_signo, i.ssi_pid == p, i.ssi_status);
    waitpid(p, NULL, 0);
    close(f);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        printf("again %s\n", argv[1]);
        return 4;
    }
    setbuf(stdout, NULL);
    epolls();
    signals();
    timers();
    int f = inotify_init1(IN_NONBLOCK), fd, s;
    char b[4096];
    FAILS(read(f, b, sizeof b));
    SHOW(inotify_add_watch(f, ".", IN_CREATE));
    fd = open("watched", O_CREAT | O_RDWR, 0600);
    long n = read(f, b, sizeof b);
    struct inotify_event *e = (void *)b;
    printf("%ld %s\n", n, e->name);
    SHOW(inotify_rm_watch(f, 1));
    SHOW(fgetxattr(fd, "user.nothing", b, sizeof b));
    close(fd);
    unlink("watched");
    SHOW(prctl(PR_SET_NAME, "a-name", 0, 0, 0));
    SHOW(prctl(PR_GET_NAME, b, 0, 0, 0));
    printf("%s\n", b);
    FAILS(prctl(123456, 0, 0, 0, 0));
    for (int i = 0; i < 3; i++) {
        fflush(stdout);
        if (!fork()) {
            char *a[] = { "x", i == 0 ? "by descriptor" : i == 1 ? "by a folder" : "closing", NULL }, *env[] = { NULL };
            char *self = realpath("/proc/self/exe", NULL), *name = strrchr(self, '/');
            fd = open(self, i == 2 ? O_RDONLY | O_CLOEXEC : O_RDONLY);
            *name = 0;
            int d = open(self, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            if (i == 1)
                execveat(d, name + 1, a, env, 0);
            else
                fexecve(fd, a, env);
            _exit(1);
        }
        wait(&s);
        printf("%d\n", WEXITSTATUS(s));
    }
    FAILS(execveat(-1, "nothing", argv, argv, 0));
    FAILS(execveat(AT_FDCWD, "", argv, argv, 0));
    FAILS(execveat(AT_FDCWD, "nothing", argv, argv, 0));
    return 0;
}
