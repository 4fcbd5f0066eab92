/* str: the string primitives that need no assembly (C11 7.24). The loops are written so that no compiler recognises
 * them as the function they implement: several bytes a turn, or a condition no idiom matcher knows. */
#include "rt/rt.h"

void *memchr(const void *s, int byte, size_t n)
{
    const unsigned char *p = s;
    const unsigned char c = (unsigned char)byte;
    for (; n >= 4; n -= 4, p += 4) {
        if (p[0] == c)
            return (void *)p;
        if (p[1] == c)
            return (void *)(p + 1);
        if (p[2] == c)
            return (void *)(p + 2);
        if (p[3] == c)
            return (void *)(p + 3);
    }
    for (; n; n--, p++)
        if (*p == c)
            return (void *)p;
    return NULL;
}

size_t strlen(const char *s)
{
    const char *p = s;
    for (;; p += 4) {
        if (!p[0])
            return (size_t)(p - s);
        if (!p[1])
            return (size_t)(p + 1 - s);
        if (!p[2])
            return (size_t)(p + 2 - s);
        if (!p[3])
            return (size_t)(p + 3 - s);
    }
}

int strcmp(const char *a, const char *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return (unsigned char)*a - (unsigned char)*b;
}

int strncmp(const char *a, const char *b, size_t n)
{
    for (; n; n--, a++, b++)
        if (*a != *b || !*a)
            return (unsigned char)*a - (unsigned char)*b;
    return 0;
}

char *strchr(const char *s, int c)
{
    const char want = (char)c;
    for (; *s != want; s++)
        if (!*s)
            return NULL;
    return (char *)s;
}

char *strrchr(const char *s, int c)
{
    const char want = (char)c;
    const char *last = NULL;
    for (;; s++) {
        if (*s == want)
            last = s;
        if (!*s)
            return (char *)last;
    }
}

char *strstr(const char *s, const char *sub)
{
    size_t n = strlen(sub);
    if (!n)
        return (char *)s;
    for (; (s = strchr(s, sub[0])) != NULL; s++)
        if (strncmp(s, sub, n) == 0)
            return (char *)s;
    return NULL;
}
