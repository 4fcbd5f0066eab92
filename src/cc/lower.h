/* The lower side's own header: typed tree to IR. lower.c: values and places; lower_ops.c: operators and conversions;
 * lower_soft.c: what the target cannot compute; lower_call.c: calls, parameters, results;
 * lower_builtin.c; lower_stmt.c: statements; data.c: symbols and initialised objects; unit.c: order of the unit. */
#ifndef CC_LOWER_H
#define CC_LOWER_H

#include "cc/cc.h"

/* Where an object stands: addr + off. */
typedef struct Place {
    IrRef addr;
    int64_t off;
    CcMember *bits;            /* bit-field, or NULL */
    bool unit_ok;              /* the bit-field's storage unit may be accessed as a whole */
    bool vol;
    uint32_t align;            /* known alignment of addr + off */
} Place;

typedef struct CcLower {
    IrFn *f;
    CcFunc *fn;
    uint32_t break_to, continue_to;   /* 1 + block */
    AbiLoc ret, ret_addr;
    SrcLoc refused_at;         /* where a value was refused last */
    IrRef sret;                /* slot that keeps the address of a memory result, or IR_NONE */
    /* unit */
    VEC(CcSym *) deferred;     /* symbols in the order of their first reference: what waits is emitted in it */
    Map helpers;               /* name -> symbol of the unit */
    Map strings;               /* bytes of a literal -> its CcSym, per element size */
    ObjSecId text, rodata;
    VEC(CcSym *) ctors;        /* functions with constructor or destructor, in order of definition */
} CcLower;

/* lower.c */
IrType lw_type(const Type *t);                                 /* of a scalar */
unsigned lw_mem(const Type *t, bool vol, uint32_t align);      /* aux bits of an access */
Place lw_place(Cc *cc, Node *n);                               /* lvalue, or record value */
IrRef lw_place_addr(Cc *cc, Place p);
IrRef lw_value(Cc *cc, Node *n);                               /* scalar: the value; record: its address; void:
                                                                  IR_NONE */
void lw_effects(Cc *cc, Node *n);                              /* evaluated for its effects */
void lw_cond(Cc *cc, Node *n, uint32_t yes, uint32_t no);      /* branch on n */
IrRef lw_load(Cc *cc, Place p, Type *t);
void lw_store(Cc *cc, Place p, Type *t, IrRef v);
/* Types that have constants and memory, but no values (yet: long double; what Target.no_float says): told where one is needed, so that
 * headers and dead branches pass. */
bool lw_refused(Cc *cc, const Type *t, SrcLoc loc);
/* Record-valued n into memory at (addr, off) that nothing else refers to. */
void lw_record_to(Cc *cc, Node *n, IrRef addr, int64_t off);
void lw_copy(Cc *cc, IrRef dst, int64_t dst_off, IrRef src, int64_t src_off, uint64_t size, uint32_t align, bool vol);
void lw_inits(Cc *cc, Place base, uint64_t size, CcInit *inits, uint32_t n, bool zero);
uint32_t lw_temp(Cc *cc, Type *t);                             /* an anonymous slot */

/* lower_ops.c */
IrRef lw_convert(Cc *cc, IrRef v, const Type *from, const Type *to);
IrRef lw_binary(Cc *cc, unsigned op, const Type *t, IrRef a, IrRef b);
IrRef lw_shift(Cc *cc, unsigned op, const Type *t, IrRef a, IrRef b, const Type *bt);
IrRef lw_compare(Cc *cc, unsigned op, const Type *operands, IrRef a, IrRef b);
IrRef lw_ptradd(Cc *cc, IrRef a, IrRef b, uint64_t scale);
IrRef lw_truth(Cc *cc, IrRef v, const Type *t);                /* i32 0 or 1 */

/* lower_soft.c: t is soft (Type.soft); lw_soft_convert: one of the two is */
IrRef lw_soft_binary(Cc *cc, unsigned op, const Type *t, IrRef a, IrRef b);
IrRef lw_soft_compare(Cc *cc, unsigned op, const Type *t, IrRef a, IrRef b);
IrRef lw_soft_unordered(Cc *cc, const Type *t, IrRef a, IrRef b);
IrRef lw_soft_magnitude(Cc *cc, const Type *t, IrRef v);      /* all but the sign */
IrRef lw_soft_sign(Cc *cc, const Type *t, IrRef v);           /* the sign alone */
IrRef lw_soft_negate(Cc *cc, const Type *t, IrRef v);
IrRef lw_soft_truth(Cc *cc, const Type *t, IrRef v);
IrRef lw_soft_convert(Cc *cc, IrRef v, const Type *from, const Type *to);
IrRef lw_soft_function(Cc *cc, const char *name, const Type *t, IrRef v); /* t name(t) of the library */
IrRef lw_soft_muldiv(Cc *cc, unsigned op, bool uns, IrType it, IrRef a, IrRef b); /* N_MUL, N_DIV, N_MOD of integers */

/* lower_call.c */
/* TargetAbi's, where a soft value is an integer. */
void lw_abi_begin(Cc *cc, AbiState *st, Type *result, bool variadic, AbiLoc *ret, AbiLoc *ret_addr);
void lw_abi_arg(Cc *cc, AbiState *st, Type *t, bool named, AbiLoc *loc);
IrRef lw_call(Cc *cc, Node *n, IrRef into, int64_t into_off);  /* into: where a record result may be put, or IR_NONE */
IrRef lw_va_arg(Cc *cc, Node *n);
void lw_params(Cc *cc);
void lw_return(Cc *cc, Node *value);                           /* NULL: none */

/* lower_builtin.c */
IrRef lw_builtin(Cc *cc, Node *n);

/* lower_stmt.c */
void lw_stmt(Cc *cc, Node *n);
void lw_stmts(Cc *cc, Node *first);
uint32_t lw_label(Cc *cc, CcLabel *l);

/* data.c */
IrRef lw_sym_addr(Cc *cc, CcSym *s);                           /* object or function of static storage */
uint32_t lw_ir_sym(Cc *cc, CcSym *s);
ObjSymId lw_obj_sym(Cc *cc, CcSym *s);
ObjSym *lw_symbol(Cc *cc, CcSym *s);                           /* of the object; until the next symbol is made */
void lw_define_data(Cc *cc, CcSym *s);

/* unit.c */
void lw_reference(Cc *cc, CcSym *s);                           /* code or data refers to s */

#endif
