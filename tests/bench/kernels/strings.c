/* Kernel: strings. Copies, searches, word counts, number formatting and an edit distance, all spelt out with pointers. */
#include <stdio.h>
#include <stdlib.h>
static const char words[] = "the quick brown fox jumps over the lazy dog while a compiler of its own sources compares every byte of two stages and finds the same ";
static int length(const char *s) { const char *p = s; while (*p) p++; return (int)(p - s); }
static char *copy(char *d, const char *s) { while ((*d = *s++)) d++; return d; }
static int compare(const char *a, const char *b) { while (*a && *a == *b) a++, b++; return (unsigned char)*a - (unsigned char)*b; }
static const char *search(const char *hay, const char *needle)
{
    for (; *hay; hay++) {
        const char *h = hay, *n = needle;
        while (*n && *h == *n) h++, n++;
        if (!*n)
            return hay;
    }
    return 0;
}
static char *number(char *d, unsigned v)
{
    char t[12];
    int n = 0;
    do t[n++] = (char)('0' + v % 10); while (v /= 10);
    while (n) *d++ = t[--n];
    *d = 0;
    return d;
}
static int distance(const char *a, const char *b)
{
    int row[128], la = length(a), lb = length(b);
    for (int j = 0; j <= lb; j++) row[j] = j;
    for (int i = 1; i <= la; i++) {
        int diag = row[0];
        row[0] = i;
        for (int j = 1; j <= lb; j++) {
            int up = row[j], best = diag + (a[i - 1] != b[j - 1]);
            if (up + 1 < best) best = up + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            diag = up;
            row[j] = best;
        }
    }
    return row[lb];
}
static unsigned count(const char *s, int *letters)
{
    unsigned n = 0, in = 0;
    for (; *s; s++) {
        if (*s >= 'a' && *s <= 'z') { letters[*s - 'a']++; n += !in; in = 1; } else in = 0;
    }
    return n;
}
int main(int argc, char **argv)
{
    int scale = (argc > 1 ? atoi(argv[1]) : 100) * 16, letters[26] = { 0 };
    static char text[8192];
    unsigned sum = 0;
    for (int i = 0; i < scale * 5; i++) {
        char *p = text, a[64], b[64];
        for (int k = 0; k < 20; k++)
            p = number(copy(p, words), (unsigned)(i * 7919 + k * 104729));
        sum = sum * 31 + (unsigned)length(text);
        sum += count(text, letters);
        sum += (unsigned)(search(text, "stages and finds the same 9") ? 1 : 0);
        sum += (unsigned)(search(text, "zzz") ? 1 : 0);
        for (int k = 0; k < 200; k++)
            sum += (unsigned)(compare(text + k, text + k + 137) > 0);
        for (int k = 0; k < 12; k++) {
            int n;
            for (n = 0; n < 50; n++) { a[n] = text[k * 31 + n]; b[n] = text[k * 57 + n + i % 40]; }
            a[n] = b[n] = 0;
            sum = sum * 3 + (unsigned)distance(a, b);
        }
    }
    for (int i = 0; i < 26; i++)
        sum = sum * 7 + (unsigned)letters[i];
    printf("%u\n", sum);
    return 0;
}
