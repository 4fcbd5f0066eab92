/* Mappings that are shared: of files, their ends, rights, moves; between processes, with semaphores, mutexes, conditions. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <setjmp.h>
#include <semaphore.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#define SAY(x) printf("%s: %ld\n", #x, (long)(x))
enum { P = 4096 };
static sigjmp_buf env;
static siginfo_t si;
static void on(int s, siginfo_t *i, void *c) { si = *i; siglongjmp(env, s); }

/* The signal that an access has for its answer. */
static int touch(volatile char *p, int write)
{
    int s = sigsetjmp(env, 1);
    if (!s && write)
        *p = 1;
    else if (!s)
        (void)*p;
    return s;
}

typedef struct { sem_t a, b; pthread_mutex_t m; pthread_cond_t c; int n, seq; pthread_mutex_t r; } Shared;
int main(void)
{
    setbuf(stdout, NULL);
    struct sigaction sa = { .sa_sigaction = on, .sa_flags = SA_SIGINFO };
    sigaction(SIGBUS, &sa, NULL); sigaction(SIGSEGV, &sa, NULL);
    int fd = open("shared", O_RDWR | O_CREAT | O_TRUNC, 0600);
    for (int i = 0; i < 2000; i++) write(fd, "0123456789", 10);
    char *w = mmap(NULL, 20000, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    char *r = mmap(NULL, 20000 - P, PROT_READ, MAP_SHARED, fd, P);
    char *p = mmap(NULL, 20000, PROT_READ, MAP_PRIVATE, fd, 0);
    char back[11] = "";
    memcpy(w, "written", 7); memcpy(w + P, "second", 6);
    pread(fd, back, 10, 0);
    printf("%s %.6s %.10s\n", back, r, p + 8200);
    pwrite(fd, "by write", 8, P + 10);
    printf("%.20s\n", r);
    printf("%.20s\n", w + P);
    SAY(msync(w, 20000, MS_SYNC));
    SAY(msync(w + 1, 10, MS_SYNC));
    SAY(errno);
    SAY(msync(w, 20000, MS_SYNC | MS_ASYNC));
    SAY(errno);
    int ro = open("shared", O_RDONLY);
    errno = 0;
    SAY(mmap(NULL, P, PROT_READ | PROT_WRITE, MAP_SHARED, ro, 0) == MAP_FAILED);
    SAY(errno);
    char *o = mmap(NULL, P, PROT_READ, MAP_SHARED, ro, 0);
    errno = 0;
    SAY(o[0]);
    SAY(mprotect(o, P, PROT_READ | PROT_WRITE));
    SAY(errno);
    int wo = open("shared", O_WRONLY);
    SAY(mmap(NULL, P, PROT_WRITE, MAP_SHARED, wo, 0) == MAP_FAILED);
    SAY(errno);
    SAY(mmap(w, P, PROT_READ, MAP_SHARED | MAP_FIXED, 99, 0) == MAP_FAILED);
    SAY(errno);
    printf("still %.7s\n", w);
    close(ro); close(wo);
    /* the end of the file */
    char *big = mmap(NULL, 4 * P, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 4 * P);
    SAY(touch(big, 0));
    SAY(touch(big + P, 0));
    SAY(si.si_code);
    SAY((char *)si.si_addr == big + P);
    SAY(touch(big + 2 * P, 1));
    SAY(touch(big, 1));
    SAY(touch(big + P, 1));
    SAY((char *)si.si_addr == big + P);
    errno = 0;
    SAY(write(1, big + P, 10));
    SAY(errno);
    ftruncate(fd, 8 * P);
    SAY(touch(big + P, 1));
    SAY(big[2 * P]);
    big[2 * P] = 7;
    ftruncate(fd, 2 * P);
    SAY(touch(big + 2 * P, 0));
    SAY(touch(big, 1));
    SAY(touch(w + P, 0));
    SAY(touch(w + 2 * P, 1));
    ftruncate(fd, 20000);
    SAY(touch(w + 2 * P, 0));
    SAY(w[2 * P]);
    SAY(mprotect(w, P, PROT_READ));
    SAY(touch(w, 1));
    SAY(mprotect(w, P, PROT_NONE));
    SAY(touch(w, 0));
    SAY(si.si_code);
    mprotect(w, P, PROT_READ | PROT_WRITE);
    printf("%.7s\n", w);
    /* moved and grown */
    char *m = mmap(NULL, 2 * P, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    mmap(m + 2 * P, P, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *g = mremap(m, 2 * P, 4 * P, MREMAP_MAYMOVE);
    w[3 * P] = 'z';
    SAY(g != MAP_FAILED);
    SAY(g[1]);
    SAY(g[3 * P]);
    char *t = mmap(NULL, 16 * P, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *f = mremap(g, 4 * P, 4 * P, MREMAP_MAYMOVE | MREMAP_FIXED, t + P);
    f[1] = 'R';
    SAY(f == t + P);
    SAY(w[1]);
    SAY(touch(g, 0) == SIGSEGV);
    f = mremap(f, 4 * P, 2 * P, 0);
    SAY(f == t + P);
    SAY(touch(f + 2 * P, 0));
    unsigned char vec[4];
    SAY(mincore(f, 2 * P, vec));
    SAY(vec[0] & 1);
    munmap(f, 2 * P);
    SAY(mincore(f, P, vec));
    SAY(errno);
    madvise(w, P, MADV_DONTNEED);
    printf("%.7s\n", w);
    /* processes */
    Shared *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    char *priv = mmap(NULL, P, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    sem_init(&s->a, 1, 0); sem_init(&s->b, 1, 0);
    pthread_mutexattr_t ma; pthread_mutexattr_init(&ma); pthread_mutexattr_setpshared(&ma, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&s->m, &ma);
    pthread_mutexattr_setrobust(&ma, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&s->r, &ma);
    pthread_condattr_t ca; pthread_condattr_init(&ca); pthread_condattr_setpshared(&ca, PTHREAD_PROCESS_SHARED);
    pthread_cond_init(&s->c, &ca);
    pid_t pid = fork();
    if (!pid) {
        *priv = 1;
        memcpy(w + 100, "child", 6);
        for (int i = 0; i < 100; i++) { sem_wait(&s->a); s->seq++; sem_post(&s->b); }
        for (int i = 0; i < 20000; i++) { pthread_mutex_lock(&s->m); s->n++; pthread_mutex_unlock(&s->m); __atomic_fetch_add(&s->seq, 1, __ATOMIC_SEQ_CST); }
        pthread_mutex_lock(&s->m); s->n += 1000000; pthread_cond_signal(&s->c); pthread_mutex_unlock(&s->m);
        pthread_mutex_lock(&s->r);
        _exit(0);
    }
    int bad = 0;
    for (int i = 0; i < 100; i++) { sem_post(&s->a); sem_wait(&s->b); bad += i < 99 && s->seq != i + 1; }
    for (int i = 0; i < 20000; i++) { pthread_mutex_lock(&s->m); s->n++; pthread_mutex_unlock(&s->m); __atomic_fetch_add(&s->seq, 1, __ATOMIC_SEQ_CST); }
    pthread_mutex_lock(&s->m);
    while (s->n < 1000000) pthread_cond_wait(&s->c, &s->m);
    while (s->n < 1040000) { pthread_mutex_unlock(&s->m); usleep(1000); pthread_mutex_lock(&s->m); }
    printf("pingpong %d, n %d\n", bad, s->n);
    pthread_mutex_unlock(&s->m);
    waitpid(pid, NULL, 0);
    printf("seq %d, private %d, %s\n", s->seq, *priv, w + 100);
    printf("robust %d\n", pthread_mutex_lock(&s->r) == EOWNERDEAD);
    unlink("shared");
    return 3;
}
