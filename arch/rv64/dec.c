/* dec.c: bits in. Bytes in, a row of insn.def with its operands out; the inverse of enc.c over the same table. One
 * idea: an index from the bits every row fixes (opcode and funct3) to the few rows that can have them, built from
 * the table once a context; among those, match and mask decide, and rv64_valid refuses what the manual reserves
 * beyond them.
 *
 * HINTs (ISA 2.9, 16.7) decode: they are instructions that do nothing. Fences with reserved fields (2.7, which
 * hardware takes for plain fences) are refused, since their text could not give the same bits back. */
#include "arch/rv64/insn.h"

enum { SHORT_HEADS = 32, LONG_HEADS = 256 };

struct Rv64Dec {
    Lists rows;                /* by head_of */
};

/* 16 bits: op and funct3; 32 bits: opcode without its two ones, and funct3. */
static unsigned head_of(uint32_t w)
{
    if ((w & 3) != 3)
        return (w >> 13 & 7) << 2 | (w & 3);
    return SHORT_HEADS + ((w >> 12 & 7) << 5 | (w >> 2 & 31));
}

Rv64Dec *rv64_dec_new(Arena *a)
{
    Rv64Dec *d = arena_new(a, Rv64Dec);
    unsigned row, k;
    lists_init(&d->rows, a, SHORT_HEADS + LONG_HEADS, RV64_ROWS * 8);
    for (row = 0; row < RV64_ROWS; row++) {
        const Rv64Insn *in = &rv64_insns[row];
        if ((in->match & 3) != 3 || (in->mask & 0x7000)) {
            lists_add(&d->rows, head_of(in->match), row);
            continue;
        }
        for (k = 0; k < 8; k++)
            lists_add(&d->rows, head_of(in->match | k << 12), row);
    }
    return d;
}

bool rv64_decode_word(const Rv64Dec *d, uint32_t w, Rv64Ins *i)
{
    unsigned k;
    if ((w & 3) != 3)
        w &= 0xffff;
    for (k = d->rows.head[head_of(w)]; k; k = d->rows.nodes[k].next) {
        const Rv64Insn *in = &rv64_insns[d->rows.nodes[k].number];
        if ((w & in->mask) != in->match)
            continue;
        rv64_unpack(i, d->rows.nodes[k].number, w);
        if (rv64_valid(i))
            return true;
    }
    return false;
}

bool rv64_decode(const Rv64Dec *d, const uint8_t *p, size_t n, Rv64Ins *i)
{
    if (n < 2)
        return false;
    if ((p[0] & 3) != 3)
        return rv64_decode_word(d, get_u16(p), i);
    return n >= 4 && rv64_decode_word(d, get_u32(p), i);
}
