/* ir: what the printer, the reader and the checker share: the words of the text form, and the numbers people see. */
#ifndef IR_TEXT_H
#define IR_TEXT_H

#include "ir/ir.h"

/* Word lists; an entry's position is the enumerator's value. */
extern const char *const ir_type_words[IR_TYPES];
extern const char *const ir_order_words[6];            /* [IR_NOT_ATOMIC] is "" */
extern const char *const ir_rmw_words[IR_RMWS];
extern const char *const ir_round_words[8];            /* [0] is "", [1 + SfRound], [IR_ROUND_DYNAMIC] */
extern const char *const ir_place_words[5];
extern const char *const ir_ext_words[7];              /* [IR_EXT_NONE] is "" */
extern const char *const ir_size_words[8];             /* [aux & (SIZE | SIGNED)] */
extern const char *const ir_call_words[3];             /* by bit of IrCall.flags */
extern const char *const ir_fn_words[7];               /* by bit of IrFn.flags */
extern const char *const ir_sym_words[4];              /* by bit of IrSym.flags */
extern const char *const ir_slot_words[2];             /* by bit of IrSlot.flags */

/* The numbers of the text form: instructions and blocks in the order of layout, instructions from 1. 0 and UINT32_MAX:
 * not placed. They are the references themselves in a function that was just read, or built without a gap. */
typedef struct IrNumbers {
    uint32_t *ins;             /* by reference */
    uint32_t *block;           /* by block number */
} IrNumbers;
IrNumbers ir_numbers(Arena *a, const IrFn *f);

/* Whether SIZE of a LOAD, STORE, RMW or CAS goes without saying: the whole of the type, unsigned. */
bool ir_size_is_plain(unsigned type, unsigned aux);

IrType ir_result_type(const IrFn *f, uint32_t k); /* of result piece k; IR_VOID when there is none */

/* The unit's first symbol of that name, 0 when there is none. */
uint32_t ir_sym_named(IrUnit *u, const char *name, size_t n);

#endif
