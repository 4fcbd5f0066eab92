/* intern: one Ident a spelling, so that comparing names is comparing pointers. A chained hash table that doubles. */
#include "base/base.h"

enum { FIRST_SIZE = 4096 };

void intern_init(Intern *in, Arena *a)
{
    in->arena = a;
    in->table = arena_array(a, Ident *, FIRST_SIZE);
    in->mask = FIRST_SIZE - 1;
    in->n = 0;
}

static void grow(Intern *in)
{
    uint32_t size = (in->mask + 1) * 2;
    Ident **table = arena_array(in->arena, Ident *, size);
    for (uint32_t i = 0; i <= in->mask; i++) {
        for (Ident *id = in->table[i], *next; id; id = next) {
            next = id->next;
            id->next = table[id->hash & (size - 1)];
            table[id->hash & (size - 1)] = id;
        }
    }
    in->table = table;
    in->mask = size - 1;
}

Ident *intern_hashed(Intern *in, const char *s, size_t n, uint32_t hash)
{
    for (Ident *id = in->table[hash & in->mask]; id; id = id->next)
        if (id->hash == hash && id->n == n && memcmp(id->s, s, n) == 0)
            return id;
    if (in->n > in->mask)
        grow(in);
    Ident *id = arena_zalloc(in->arena, offsetof(Ident, s) + n + 1);
    id->hash = hash;
    id->n = (uint32_t)n;
    memcpy(id->s, s, n);
    id->next = in->table[hash & in->mask];
    in->table[hash & in->mask] = id;
    in->n++;
    return id;
}

Ident *intern_n(Intern *in, const char *s, size_t n)
{
    return intern_hashed(in, s, n, hash_bytes(s, n));
}
