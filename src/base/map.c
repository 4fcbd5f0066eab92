/* map: byte strings or integers to pointers. Entries stand in insertion order in a vector; an open-addressed index of
 * entry numbers finds them. Nothing is ever removed. */
#include "base/base.h"

uint32_t hash_bytes(const void *s, size_t n)
{
    const uint8_t *p = s;
    uint32_t h = INTERN_SEED;
    for (size_t i = 0; i < n; i++)
        h = intern_step(h, p[i]);
    return h;
}

static uint32_t hash_int(uint64_t key)
{
    return (uint32_t)((key * 0x9E3779B97F4A7C15u) >> 32);
}

void map_init(Map *m, Arena *a)
{
    memset(m, 0, sizeof *m);
    m->arena = a;
}

/* Spreads the hash over the low bits the mask keeps. */
static uint32_t slot_of(uint32_t hash)
{
    return hash ^ hash >> 15;
}

static void grow_index(Map *m)
{
    uint32_t size = m->mask ? (m->mask + 1) * 2 : 16;
    m->index = arena_zalloc(m->arena, size * sizeof *m->index);
    m->mask = size - 1;
    for (uint32_t i = 0; i < m->entries.n; i++) {
        uint32_t at = slot_of(m->entries.p[i].hash) & m->mask;
        while (m->index[at])
            at = (at + 1) & m->mask;
        m->index[at] = i + 1;
    }
}

static bool same(const MapEntry *e, const char *key, uint64_t n, uint32_t hash)
{
    if (e->hash != hash || e->n != n || !e->key != !key)
        return false;
    return !key || memcmp(e->key, key, (size_t)n) == 0;
}

static void *find(const Map *m, const char *key, uint64_t n, uint32_t hash)
{
    if (!m->index)
        return NULL;
    for (uint32_t at = slot_of(hash) & m->mask; m->index[at]; at = (at + 1) & m->mask) {
        const MapEntry *e = &m->entries.p[m->index[at] - 1];
        if (same(e, key, n, hash))
            return e->val;
    }
    return NULL;
}

static void **find_or_add(Map *m, const char *key, uint64_t n, uint32_t hash)
{
    if (!m->index || m->entries.n >= m->mask - m->mask / 4)
        grow_index(m);
    uint32_t at = slot_of(hash) & m->mask;
    for (; m->index[at]; at = (at + 1) & m->mask) {
        MapEntry *e = &m->entries.p[m->index[at] - 1];
        if (same(e, key, n, hash))
            return &e->val;
    }
    MapEntry e;
    e.key = key;
    e.n = n;
    e.val = NULL;
    e.hash = hash;
    vec_push(m->arena, &m->entries, e);
    m->index[at] = m->entries.n;
    return &vec_last(&m->entries).val;
}

void *map_get(const Map *m, const char *key, size_t n)
{
    return find(m, key ? key : "", n, hash_bytes(key, n));
}

void **map_at(Map *m, const char *key, size_t n)
{
    return find_or_add(m, key ? key : "", n, hash_bytes(key, n));
}

void *map_get_int(const Map *m, uint64_t key)
{
    return find(m, NULL, key, hash_int(key));
}

void **map_at_int(Map *m, uint64_t key)
{
    return find_or_add(m, NULL, key, hash_int(key));
}
