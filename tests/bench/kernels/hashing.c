/* Kernel: hashing. A table with open addressing: inserts, finds and deletes of strings and numbers, FNV and a mixing hash. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
typedef struct Slot { uint64_t key; uint32_t value, state; } Slot;
enum { SIZE = 1 << 16 };
static Slot table[SIZE];
static uint64_t mix(uint64_t x)
{
    x ^= x >> 33; x *= 0xff51afd7ed558ccdu; x ^= x >> 33; x *= 0xc4ceb9fe1a85ec53u; x ^= x >> 33;
    return x;
}
static uint64_t fnv(const char *s, int n)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (int i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 0x100000001b3u;
    return h;
}
static Slot *find(uint64_t key, int insert)
{
    uint32_t i = (uint32_t)mix(key) & (SIZE - 1);
    Slot *grave = 0;
    for (;; i = (i + 1) & (SIZE - 1)) {
        Slot *s = &table[i];
        if (s->state == 0) {
            if (!insert)
                return 0;
            s = grave ? grave : s;
            s->key = key; s->state = 1; s->value = 0;
            return s;
        }
        if (s->state == 1 && s->key == key)
            return s;
        if (s->state == 2 && !grave)
            grave = s;
    }
}
int main(int argc, char **argv)
{
    int scale = (argc > 1 ? atoi(argv[1]) : 100) * 3;
    uint64_t sum = 0, r = 1;
    char text[24] = "key number 0000000000";
    for (int i = 0; i < scale * 62000; i++) {
        Slot *s;
        r = r * 6364136223846793005u + 1442695040888963407u;
        s = find(r >> 49, 1);
        s->value++;
        sum += s->value;
        if ((r >> 20 & 7) == 0 && (s = find(r >> 30 & 0x7fff, 0)) != 0) {
            sum ^= s->value;
            s->state = s->value & 1 ? 1 : 2;
            if (s->state == 2) { s->state = 1; s->value = 7; }
        }
    }
    for (int i = 0; i < scale * 40000; i++) {
        for (int k = 20; k > 10; k--) {
            if (text[k] != '9') { text[k]++; break; }
            text[k] = '0';
        }
        sum += fnv(text, 21);
    }
    printf("%016llx\n", (unsigned long long)sum);
    return 0;
}
