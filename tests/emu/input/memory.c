/* brk, mmap, mprotect, mremap, madvise and files mapped. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
    enum { P = 4096 };
    char *a = mmap(NULL, 4 * P, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(a, 'a', 4 * P);
    char *b = mremap(a, 4 * P, 8 * P, MREMAP_MAYMOVE);
    printf("%c %d\n", b[4 * P - 1], b[4 * P]);
    printf("%d\n", mremap(b, 8 * P, 2 * P, 0) == b);
    printf("%d\n", munmap(b + P, P));
    printf("%d %d\n", mprotect(b, 2 * P, PROT_READ), errno);
    mprotect(b, P, PROT_READ | PROT_WRITE);
    printf("%d %c\n", madvise(b, P, MADV_DONTNEED), b[0] ? b[0] : '0');
    char *fixed = mmap((void *)0x20000000, P, PROT_READ | PROT_WRITE, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    strcpy(fixed, "fixed");
    errno = 0;
    printf("%p %s\n", (void *)fixed, fixed);
    printf("%d %d\n", mmap(fixed, P, PROT_READ, MAP_FIXED_NOREPLACE | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED, errno);
    printf("%d %d\n", mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED, errno);
    printf("%d %d\n", munmap(fixed + 1, P), errno);
    int fd = open("mapped", O_RDWR | O_CREAT | O_TRUNC, 0600);
    for (int i = 0; i < 2000; i++)
        write(fd, "0123456789", 10);
    char *f = mmap(NULL, 20000, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    char *g = mmap(NULL, 20000 - P, PROT_READ, MAP_SHARED, fd, P);
    printf("%.10s %.4s %d\n", f, g, f[20000]);
    f[0] = 'x';
    char back[5] = "";
    pread(fd, back, 4, 0);
    printf("%s %c\n", back, f[0]);
    printf("%d %d\n", mmap(NULL, P, PROT_READ, MAP_PRIVATE, 77, 0) == MAP_FAILED, errno);
    char *p = sbrk(0);
    printf("%d\n", brk(p + 100000));
    memset(p, 1, 100000);
    brk(p);
    brk(p + 100000);
    printf("%d\n", p[99999]);
    unlink("mapped");
    size_t sum = 0;
    for (int i = 0; i < 200; i++) {
        size_t n = (size_t)(i * 7919) % 300000 + 1;
        char *m = malloc(n);
        memset(m, i, n);
        sum += (unsigned char)m[n - 1];
        if (i % 3)
            free(m);
    }
    printf("%zu\n", sum);
    return 0;
}
