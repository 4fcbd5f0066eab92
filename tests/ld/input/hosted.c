/* What a static libc needs of a linker: arrays in order, thread-local storage, indirect functions, merged strings, zeros. */
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__thread int initialised = 7;
extern __thread int elsewhere;
static __thread char aligned[3] __attribute__((aligned(64)));
static int zeros[10000];
extern int from_other_file(const char **s);

__attribute__((constructor(200))) static void second(void) { puts("constructor 200"); }
__attribute__((constructor(101))) static void first(void) { puts("constructor 101"); }
__attribute__((constructor)) static void third(void) { puts("constructor"); }
__attribute__((destructor)) static void last(void) { puts("destructor"); }
static void at_exit(void) { puts("atexit"); }

static void *thread(void *p)
{
    initialised += (int)(long)p;
    elsewhere += initialised;
    errno = initialised;
    return (void *)(long)(initialised + elsewhere + errno + ((unsigned long)aligned & 63));
}

static int compare(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

int main(int argc, char **argv)
{
    pthread_t t[3];
    void *r;
    int v[5] = { 3, 1, 5, 4, 2 }, sum = 0;
    char text[64];
    const char *s;
    atexit(at_exit);
    for (long i = 0; i < 3; i++)
        pthread_create(&t[i], 0, thread, (void *)i);
    for (int i = 0; i < 3; i++) {
        pthread_join(t[i], &r);
        printf("%ld ", (long)r);
    }
    printf("%d %d\n", initialised, elsewhere);
    qsort(v, 5, sizeof *v, compare);
    for (int i = 0; i < 10000; i++)
        sum += zeros[i];
    memset(text, 'a', 63);
    text[63] = 0;
    printf("%d%d%d %d %zu %d\n", v[0], v[2], v[4], sum, strlen(text), strchr(text, 'b') == NULL);
    printf("%.3f %s %s\n", pow(1.5, argc + 1) + sqrt(4.0), argv[0] ? "named" : "", strerror(ENOENT));
    sum = from_other_file(&s);
    printf("%d %s\n", sum, s);
    r = malloc(100000);
    free(r);
    return 3;
}
