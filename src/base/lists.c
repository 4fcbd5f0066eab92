/* lists.c: many short lists of 16-bit numbers in two arrays, as the decoders' indexes over instruction tables need them. In: list
 * and number, in the order they shall be found. */
#include "base/base.h"

void lists_init(Lists *l, Arena *a, unsigned lists, unsigned most)
{
    l->head = arena_array(a, uint16_t, lists);
    l->nodes = arena_array(a, ListNode, most + 1);
    l->n = 0;
    l->max = (uint16_t)most;
}

bool lists_add(Lists *l, unsigned list, unsigned number)
{
    uint16_t *at = &l->head[list];
    if (l->n == l->max)
        return false;
    while (*at)
        at = &l->nodes[*at].next;
    *at = ++l->n;
    l->nodes[l->n].number = (uint16_t)number;
    return true;
}
