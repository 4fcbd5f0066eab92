/* What a hosted program asks of its C library and of the linker: compiled by idem, with thread-local.c by the platform's compiler. */
#include <errno.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

extern int tls_add(int n), *tls_address(void), tls_zero(void);
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static jmp_buf back;
static volatile int caught;
static long total;

static void handler(int sig) { caught += sig; }
static void bye(void) { puts("atexit"); }
static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void *work(void *p)
{
    long n = (long)p, sum = 0;
    char *mem = malloc((size_t)(n + 1) * 10000);
    memset(mem, (int)n, (size_t)(n + 1) * 10000);
    for (int i = 0; i < 1000; i++)
        sum += mem[i * (n + 1)] + tls_add(1);
    free(mem);
    pthread_mutex_lock(&lock);
    total += sum;
    pthread_mutex_unlock(&lock);
    errno = (int)n;
    return (void *)(long)(errno + (tls_address() == NULL) + tls_zero());
}

static void deep(int n)
{
    if (n == 0)
        longjmp(back, 7);
    deep(n - 1);
}

int main(void)
{
    char *words[] = { "pear", "apple", "fig", "cherry", "date" }, text[200];
    struct tm day = { .tm_year = 100, .tm_mon = 1, .tm_mday = 29 };
    struct sigaction act;
    pthread_t t[4];
    void *r;
    double x;
    int n;
    atexit(bye);
    qsort(words, 5, sizeof *words, compare);
    for (n = 0; n < 5; n++)
        printf("%s ", words[n]);
    memset(&act, 0, sizeof act);
    act.sa_handler = handler;
    sigaction(SIGUSR1, &act, NULL);
    raise(SIGUSR1);
    printf("\nsignal %d\n", caught == SIGUSR1);
    n = setjmp(back);
    if (n == 0)
        deep(20);
    printf("longjmp %d\n", n);
    for (long i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, work, (void *)i);
    for (n = 0; n < 4; n++) {
        pthread_join(t[n], &r);
        printf("%ld ", (long)r);
    }
    printf("total %ld, here %d\n", total, tls_add(0));
    for (x = 0.1; x < 1e9; x *= 77.7)
        printf("%.17g %.3f %e %a|", x, x, x, x);
    printf("\n%.15f %.15f %.15f %.15f\n", sin(1.0), pow(2.5, 3.5), exp(-1.5), atan2(1.0, -2.0));
    printf("%s %s\n", setlocale(LC_ALL, "C"), strerror(ENOENT));
    strftime(text, sizeof text, "%A %d %B %Y", (mktime(&day), &day));
    printf("%s %g %ld\n", text, strtod("1.25e3", NULL), strtol("-0x10", NULL, 16));
    n = sscanf("12 abc 3.5", "%d %s %lf", &caught, text, &x);
    printf("%d %d %s %g\n", n, caught, text, x);
    return 4;
}
