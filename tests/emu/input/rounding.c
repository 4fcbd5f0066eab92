/* Each thread has a rounding mode and flags of its own, which a new one has from who made it, and a handler does not change. */
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static int mode(void) { int v; __asm__ volatile("frrm %0" : "=r"(v)); return v; }
static int flags(void) { int v; __asm__ volatile("frflags %0" : "=r"(v)); return v; }
static void set_mode(int v) { __asm__ volatile("fsrm %0" : : "r"(v)); }
static void set_flags(int v) { __asm__ volatile("fsflags %0" : : "r"(v)); }
static double add(double a, double b) { double r; __asm__ volatile("fadd.d %0, %1, %2" : "=f"(r) : "f"(a), "f"(b)); return r; }

static volatile int handled;
static void on(int s)
{
    set_mode((handled++ & 1) + 1);
    set_flags(31);
}

static void *rounds(void *p)
{
    static const double half = 0x1p-53;
    static const char up[5] = { 0, 0, 0, 1, 1 }, down[5] = { 0, 0, 1, 0, 1 }; /* of a tie beside 1 and -1 */
    long want = (long)p, bad = mode() != 2 || flags() != 4;
    set_mode(want);
    set_flags(want == 3 ? 0 : 16);
    for (int i = 0; i < 3000; i++) {
        double a = add(1, half), b = add(-1, -half);
        bad += a != (up[want] ? 1 + 2 * half : 1) || b != (down[want] ? -1 - 2 * half : -1);
        bad += mode() != want || flags() != (want == 3 ? 1 : 17);
        if (i % 64 == 0)
            sched_yield();
        if (i % 500 == 250)
            raise(SIGUSR1);
    }
    return (void *)bad;
}

int main(void)
{
    pthread_t t[5];
    void *bad;
    signal(SIGUSR1, on);
    for (int turn = 0; turn < 2; turn++) {
        set_mode(2);
        set_flags(4);
        for (long i = 0; i < 5; i++)
            pthread_create(&t[i], NULL, rounds, (void *)i);
        for (int i = 0; i < 5; i++) {
            pthread_join(t[i], &bad);
            printf("%d: %ld\n", i, (long)bad);
        }
        printf("%d %d\n", mode(), flags());
        fflush(stdout);
    }
    printf("%d\n", handled);
    return 0;
}
