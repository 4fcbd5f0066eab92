/* dec.c: bits in. A word in, a row of insn.def with its operands out; the inverse of enc.c over the same table. One idea: an index from
 * the eleven highest bits, which tell the group and most of the instruction (C4.1), to the rows that can have them, built from the table
 * once a context; among those, match and mask decide, and aa64_unpack refuses what the manual reserves beyond them. */
#include "arch/aa64/insn.h"

enum { HEAD_AT = 21, HEADS = 1 << 11 };

struct Aa64Dec {
    Lists rows;                /* by the highest bits */
    uint32_t masks[AA64_ROWS];
};

Aa64Dec *aa64_dec_new(Arena *a)
{
    Aa64Dec *d = arena_new(a, Aa64Dec);
    unsigned row, n = 0;
    uint32_t free, k;
    for (row = 0; row < AA64_ROWS; row++) {
        d->masks[row] = aa64_row_mask(row);
        n += 1u << bits_popcount64(~d->masks[row] >> HEAD_AT);
    }
    lists_init(&d->rows, a, HEADS, n);
    for (row = 0; row < AA64_ROWS; row++) {
        free = ~d->masks[row] >> HEAD_AT;
        k = free;
        do { /* all values of the bits that are operands */
            lists_add(&d->rows, aa64_insns[row].match >> HEAD_AT | k, row);
            k = k ? (k - 1) & free : free;
        } while (k != free);
    }
    return d;
}

bool aa64_decode(const Aa64Dec *d, uint32_t word, Aa64Ins *i)
{
    unsigned k;
    for (k = d->rows.head[word >> HEAD_AT]; k; k = d->rows.nodes[k].next) {
        unsigned row = d->rows.nodes[k].number;
        if ((word & d->masks[row]) == aa64_insns[row].match && aa64_unpack(i, row, word))
            return true;
    }
    return false;
}
