/* Code in memory that is shared: written where it is executed, by another process, and through another mapping before a fence.i. */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { P = 4096, LI = 0x00000513, RET = 0x00008067 };

static void put(volatile unsigned *to, int v)
{
    to[0] = LI | v << 20;      /* li a0, v; ret */
    to[1] = RET;
}

static int fence(void) { __asm__ volatile("fence.i" : : : "memory"); return 0; }

int main(void)
{
    unsigned *one = mmap(NULL, P, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int (*f)(void) = (int (*)(void))one, sum = 0;
    for (int i = 1; i <= 20; i++) {
        put(one, i);
        fence();
        sum += f();
    }
    printf("%d\n", sum);
    if (!fork()) {
        put(one, 77);
        _exit(0);
    }
    wait(NULL);
    fence();
    printf("%d\n", f());
    int fd = memfd_create("code", 0);
    ftruncate(fd, 2 * P);
    unsigned *w = mmap(NULL, 2 * P, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    unsigned *x = mmap(NULL, 2 * P, PROT_READ | PROT_EXEC, MAP_SHARED, fd, 0);
    f = (int (*)(void))(x + P / 4 - 1); /* over the page's edge */
    sum = 0;
    for (int i = 1; i <= 20; i++) {
        put(w + P / 4 - 1, i);
        if (i & 1)
            fence();
        else
            __builtin___clear_cache((char *)x, (char *)x + 2 * P);
        sum += f();
    }
    printf("%d\n", sum);
    return 0;
}
