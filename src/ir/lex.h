/* ir: the tokens of the text form, for read.c. A line is the unit: the first error in it is told, and the rest of it
 * then looks empty (T_NL), so no rule of the reader has an error path of its own. */
#ifndef IR_LEX_H
#define IR_LEX_H

#include "ir/text.h"

enum { T_EOF, T_NL, T_WORD, T_NUM, T_SYM, T_ARROW, T_RANGE, T_BAD }; /* others: the character itself, above 31 */

typedef struct Fixup {         /* a value used before its line */
    uint32_t label;
    SrcLoc loc;
    uint8_t field;             /* 0, 1, 2: of instruction `at`; 3: ops[at] */
    uint32_t at;
} Fixup;

typedef struct IrReader {
    Host *host;
    Arena *arena;
    Diag *diag;
    SrcLoc base;
    const char *text;
    size_t n, at;              /* at: behind the current token */
    int tok;
    size_t start;              /* of the current token */
    uint32_t sym;              /* of a T_SYM, 0: no such symbol */
    const char *name;          /* of a T_SYM */
    uint32_t name_n;
    int64_t sym_number;        /* behind its #, or -1 */
    bool bad, failed;          /* this line; anything */
    Map ops;                   /* name -> number + 1 */
    IrUnit *unit;
    IrFn *f;                   /* NULL outside functions */
    SrcLoc fn_loc;
    bool any_block;
    Map vals;                  /* number in the text -> reference */
    Map blocks;                /* number in the text -> block + 1 */
    VEC(SrcLoc) block_locs;    /* by block: first mention */
    VEC(Fixup) fixups;
} IrReader;

/* Tells an error at offset `at`, unless the line has one already. */
void ir_lex_fail(IrReader *r, size_t at, const char *fmt, ...);
void ir_lex_unexpected(IrReader *r, const char *wanted);    /* at the current token */
void ir_lex_next(IrReader *r);
int ir_lex_peek(const IrReader *r, size_t k);               /* byte k of the text, 0 behind the end */
bool ir_lex_is_word_char(int c);
bool ir_lex_ended(const IrReader *r);                       /* at the end of the line */
bool ir_lex_take(IrReader *r, int tok);
void ir_lex_expect(IrReader *r, int tok, const char *wanted);
bool ir_lex_at_word(const IrReader *r, const char *w);
bool ir_lex_take_word(IrReader *r, const char *w);
/* The current word's place in a list, or -1; "" matches nothing. */
int ir_lex_word_in(const IrReader *r, const char *const *words, unsigned n);
/* A word that is `prefix` and a decimal number below 2^31: v12, b3, slot0. Does not advance. */
bool ir_lex_at_numbered(const IrReader *r, const char *prefix, uint32_t *v);
uint64_t ir_lex_number(IrReader *r, uint64_t max, const char *what);         /* 0 after a message */
/* From min to max; max counts as unsigned, so that 0xffffffff is an i32. */
int64_t ir_lex_signed_number(IrReader *r, int64_t min, uint64_t max, const char *what);
unsigned ir_lex_power_of_two(IrReader *r, unsigned max_log2);                /* gives the log2 */
unsigned ir_lex_flag_words(IrReader *r, const char *const *words, unsigned n); /* any of them, as bits */

#endif
