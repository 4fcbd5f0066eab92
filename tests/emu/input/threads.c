/* Threads: mutex, condition, join, thread-local storage, a pipe between two, a timeout, a signal to one. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { N = 20, ROUNDS = 2000 };
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static long sum, ready;
static __thread long own = 5;
static int fds[2];
static volatile int got;
static pthread_t who;

static void *count(void *p)
{
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&m);
        sum++;
        own++;
        pthread_mutex_unlock(&m);
    }
    return (void *)(own + (long)p);
}

static void *waits(void *p)
{
    pthread_mutex_lock(&m);
    while (!ready)
        pthread_cond_wait(&c, &m);
    ready++;
    pthread_mutex_unlock(&m);
    return p;
}

static void *writes(void *p)
{
    static char big[300000];
    memset(big, 'x', sizeof big);
    long n = write(fds[1], big, sizeof big);
    close(fds[1]);
    return (void *)n;
}

static void handler(int s) { got = s; who = pthread_self(); }

static void *sleeps(void *p)
{
    struct timespec t = { 20, 0 };
    int r = nanosleep(&t, NULL);
    return (void *)(long)(r == -1 && errno == EINTR && pthread_equal(who, pthread_self()) && got == SIGUSR1);
}

int main(void)
{
    pthread_t t[N];
    void *r;
    long all = 0;
    for (long i = 0; i < N; i++)
        pthread_create(&t[i], NULL, count, (void *)i);
    for (int i = 0; i < N; i++)
        pthread_join(t[i], &r), all += (long)r;
    printf("%ld %ld %ld\n", sum, all, own);
    for (long i = 0; i < N; i++)
        pthread_create(&t[i], NULL, waits, NULL);
    pthread_mutex_lock(&m);
    ready = 1;
    pthread_cond_broadcast(&c);
    pthread_mutex_unlock(&m);
    for (int i = 0; i < N; i++)
        pthread_join(t[i], NULL);
    printf("ready %ld\n", ready);
    pipe(fds);
    pthread_create(&t[0], NULL, writes, NULL);
    char buf[1000];
    long n, total = 0;
    while ((n = read(fds[0], buf, sizeof buf)) > 0)
        total += n;
    pthread_join(t[0], &r);
    printf("pipe %ld %ld\n", total, (long)r);
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    at.tv_nsec += 20000000;
    if (at.tv_nsec >= 1000000000)
        at.tv_sec++, at.tv_nsec -= 1000000000;
    pthread_mutex_lock(&m);
    printf("timeout %d\n", pthread_cond_timedwait(&c, &m, &at) == ETIMEDOUT);
    struct sigaction sa = { .sa_handler = handler };
    sigaction(SIGUSR1, &sa, NULL);
    pthread_create(&t[0], NULL, sleeps, NULL);
    struct timespec little = { 0, 30000000 };
    nanosleep(&little, NULL);
    pthread_kill(t[0], SIGUSR1);
    pthread_join(t[0], &r);
    printf("signal %ld\n", (long)r);
    return 3;
}
