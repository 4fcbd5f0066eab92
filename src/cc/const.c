/* const: constants (6.6). Nodes whose operands are constants fold when they are made; what is left to the end is only
 * the address constant. F_CONST_EXPR on a folded node says that 6.6 calls it a constant expression; without it the
 * value is merely known. */
#include "cc/parse.h"

int64_t cc_wrap(const Type *t, int64_t v)
{
    if (t->kind == TY_BOOL)
        return v != 0;
    if (t->kind == TY_ENUM && t->base)
        t = t->base;
    switch (t->size) {
    case 1:
        return t->is_unsigned ? (int64_t)(uint8_t)v : (int64_t)(int8_t)v;
    case 2:
        return t->is_unsigned ? (int64_t)(uint16_t)v : (int64_t)(int16_t)v;
    case 4:
        return t->is_unsigned ? (int64_t)(uint32_t)v : (int64_t)(int32_t)v;
    default:
        return v;
    }
}

SfFormat cc_sf(const CcParser *p, const Type *t)
{
    return t->kind == TY_FLOAT ? SF_32 : t->kind == TY_DOUBLE ? SF_64 : p->cc->target->long_double;
}

bool cc_truth(const Node *n, bool *v)
{
    if (n->op == N_INT && n->type->kind != TY_ERROR) {
        *v = n->u.ival != 0;
        return true;
    }
    return false;
}

static Node *result(CcParser *p, Type *t, int64_t v, SrcLoc loc, unsigned flags)
{
    Node *n = cc_node(p, N_INT, t, loc);
    n->u.ival = cc_wrap(t, v);
    n->flags = flags & F_CONST_EXPR;
    return n;
}

static Node *flt_result(CcParser *p, Type *t, Sf v, SrcLoc loc, unsigned flags)
{
    Node *n = cc_node(p, N_FLT, t, loc);
    n->u.fval = v;
    n->flags = flags & F_CONST_EXPR;
    return n;
}

Node *cc_fold_cast(CcParser *p, Node *n, Type *to)
{
    SfEnv env = {0};
    Node *r;
    if (n->op == N_INT) {
        if (ty_is_int(to) || to->kind == TY_PTR) {
            if (n->type->kind == TY_ERROR)
                return NULL;
            r = result(p, to, n->u.ival, n->loc, n->flags);
        } else if (ty_is_flt(to) && n->type->kind != TY_PTR) {
            Sf v = n->type->is_unsigned ? sf_from_u64(&env, cc_sf(p, to), (uint64_t)n->u.ival)
                                        : sf_from_i64(&env, cc_sf(p, to), n->u.ival);
            r = flt_result(p, to, v, n->loc, n->flags);
        } else {
            return NULL;
        }
        return cc_range(r, n->begin, n->end);
    }
    if (n->op != N_FLT)
        return NULL;
    if (ty_is_flt(to)) {
        r = flt_result(p, to, sf_convert(&env, cc_sf(p, to), cc_sf(p, n->type), n->u.fval), n->loc, n->flags);
    } else if (to->kind == TY_BOOL) {
        r = result(p, to, !sf_is_zero(cc_sf(p, n->type), n->u.fval), n->loc, n->flags);
    } else if (ty_is_int(to)) {
        env.round = SF_RTZ;
        int64_t v = sf_to_int(&env, cc_sf(p, n->type), n->u.fval, ty_bits(to) < 64 ? 64 : ty_bits(to),
                              ty_bits(to) < 64 || !to->is_unsigned);
        bool fits = !(env.flags & SF_INVALID) && (to->is_unsigned ? bits_fits_u((uint64_t)v, ty_bits(to))
                                                  : bits_fits_s(v, ty_bits(to)));
        if (!fits && !(ty_bits(to) < 64 && bits_fits_s(v, 64) && !(env.flags & SF_INVALID))) {
            /* 6.3.1.4p1: undefined; left to run time unless a constant is asked for */
            if (!p->noeval)
                cc_warn_at(p, W_OVERFLOW, n, "overflow in conversion from '%s' to '%s' changes value",
                           ty_name(p->cc, n->type),
                           ty_name(p->cc, to));
        } else if (!fits) {
            int64_t max = to->is_unsigned ? (int64_t)(((uint64_t)1 << ty_bits(to)) - 1)
                : ((int64_t)1 << (ty_bits(to) - 1)) - 1;
            v = v < 0 ? (to->is_unsigned ? 0 : -max - 1) : max;
            if (!p->noeval)
                cc_warn_at(p, W_OVERFLOW, n, "overflow in conversion from '%s' to '%s' changes value",
                           ty_name(p->cc, n->type),
                           ty_name(p->cc, to));
        }
        r = result(p, to, v, n->loc, n->flags);
    } else {
        return NULL;
    }
    return cc_range(r, n->begin, n->end);
}

/* The constant with the flags of both operands. */
static unsigned both(const Node *a, const Node *b)
{
    return a->flags & b->flags & F_CONST_EXPR;
}

Node *cc_fold1(CcParser *p, NodeOp op, Type *t, Node *a, SrcLoc loc)
{
    Node *r;
    if (a->type->kind == TY_ERROR)
        return NULL;
    if (a->op == N_FLT) {
        SfFormat f = cc_sf(p, a->type);
        if (op == N_NEG)
            r = flt_result(p, t, sf_neg(f, a->u.fval), loc, a->flags);
        else if (op == N_NOT)
            r = result(p, t, sf_is_zero(f, a->u.fval), loc, a->flags);
        else
            return NULL;
    } else if (a->op == N_INT) {
        int64_t v = a->u.ival;
        if (op == N_NEG) {
            if (!t->is_unsigned && v == cc_wrap(t, (int64_t)((uint64_t)1 << (ty_bits(t) - 1))) && !p->noeval)
                diag_warn(p->diag, W_OVERFLOW, loc,
                          "integer overflow in expression '-%lld' of type '%s' results in '%lld'", (long long)v,
                          ty_name(p->cc, t), (long long)v);
            v = (int64_t)(0 - (uint64_t)v);
        } else if (op == N_BITNOT) {
            v = ~v;
        } else {
            v = !v;
        }
        r = result(p, t, v, loc, a->flags);
    } else {
        return NULL;
    }
    return cc_range(r, loc, a->end);
}

static Node *fold_flt(CcParser *p, NodeOp op, Type *t, Node *a, Node *b, SrcLoc loc)
{
    SfEnv env = {0};
    env.nan_neg = true;
    SfFormat f = cc_sf(p, a->type);
    Sf x = a->u.fval, y = b->u.fval, v;
    int c;
    switch (op) {
    case N_ADD:
        v = sf_add(&env, f, x, y);
        break;
    case N_SUB:
        v = sf_sub(&env, f, x, y);
        break;
    case N_MUL:
        v = sf_mul(&env, f, x, y);
        break;
    case N_DIV:
        v = sf_div(&env, f, x, y);
        break;
    case N_EQ:
        return result(p, t, sf_compare(&env, f, x, y) == 0, loc, both(a, b));
    case N_NE:
        return result(p, t, sf_compare(&env, f, x, y) != 0, loc, both(a, b));
    case N_LT:
        return result(p, t, sf_compare(&env, f, x, y) == -1, loc, both(a, b));
    case N_GT:
        return result(p, t, sf_compare(&env, f, x, y) == 1, loc, both(a, b));
    case N_LE:
        c = sf_compare(&env, f, x, y);
        return result(p, t, c == 0 || c == -1, loc, both(a, b));
    case N_GE:
        c = sf_compare(&env, f, x, y);
        return result(p, t, c == 0 || c == 1, loc, both(a, b));
    default:
        return NULL;
    }
    return flt_result(p, t, v, loc, both(a, b));
}

static bool mul_overflows(int64_t x, int64_t y)
{
    if (x == 0 || y == 0)
        return false;
    if ((x == -1 && y == INT64_MIN) || (y == -1 && x == INT64_MIN))
        return true;
    if (x == -1 || y == -1)
        return false;
    return (int64_t)((uint64_t)x * (uint64_t)y) / y != x;
}

Node *cc_fold2(CcParser *p, NodeOp op, Type *t, Node *a, Node *b, SrcLoc loc)
{
    if (a->op == N_FLT && b->op == N_FLT) {
        Node *r = fold_flt(p, op, t, a, b, loc);
        return r ? cc_range(r, a->begin, b->end) : NULL;
    }
    if (a->op != N_INT || b->op != N_INT || a->type->kind == TY_ERROR || b->type->kind == TY_ERROR)
        return NULL;
    int64_t x = a->u.ival, y = b->u.ival, v;
    uint64_t ux = (uint64_t)x, uy = (uint64_t)y;
    bool u = a->type->is_unsigned, over = false;
    unsigned bits = ty_bits(t);
    switch (op) {
    case N_ADD:
        v = (int64_t)(ux + uy);
        over = (x < 0) == (y < 0) && (v < 0) != (x < 0);
        break;
    case N_SUB:
        v = (int64_t)(ux - uy);
        over = (x < 0) != (y < 0) && (v < 0) != (x < 0);
        break;
    case N_MUL:
        v = (int64_t)(ux * uy);
        over = !u && mul_overflows(x, y);
        break;
    case N_DIV:
    case N_MOD:
        if (y == 0)
            return NULL;
        if (u) {
            v = (int64_t)(op == N_DIV ? ux / uy : ux % uy);
        } else if (y == -1) {
            v = op == N_DIV ? (int64_t)(0 - ux) : 0;
            over = x == INT64_MIN || x == -((int64_t)1 << (bits - 1));
        } else {
            v = op == N_DIV ? x / y : x % y;
        }
        break;
    case N_AND:
        v = x & y;
        break;
    case N_OR:
        v = x | y;
        break;
    case N_XOR:
        v = x ^ y;
        break;
    case N_SHL:
        if (uy >= bits)
            return NULL;
        v = (int64_t)(ux << uy);
        break;
    case N_SHR:
        if (uy >= bits)
            return NULL;
        v = u ? (int64_t)(ux >> uy) : x < 0 ? ~(int64_t)(~ux >> uy) : (int64_t)(ux >> uy);
        break;
    case N_EQ:
        v = x == y;
        break;
    case N_NE:
        v = x != y;
        break;
    case N_LT:
        v = u ? ux < uy : x < y;
        break;
    case N_LE:
        v = u ? ux <= uy : x <= y;
        break;
    case N_GT:
        v = u ? ux > uy : x > y;
        break;
    case N_GE:
        v = u ? ux >= uy : x >= y;
        break;
    default:
        return NULL;
    }
    if (op <= N_MOD && !u && ty_is_int(t)) {
        over = over || !bits_fits_s(v, bits);
        if (over && !p->noeval)
            diag_at(p->diag, DIAG_WARNING, W_OVERFLOW, a->begin, b->end,
                    "integer overflow in expression of type '%s' results in '%lld'",
                    ty_name(p->cc, t), (long long)cc_wrap(t, v));
    }
    return cc_range(result(p, t, v, loc, both(a, b)), a->begin, b->end);
}

/* ---- address constants (6.6p9) ---- */

static bool address_of(Cc *cc, const Node *n, CcConst *out);

static bool constant(Cc *cc, const Node *n, CcConst *out)
{
    CcConst b;
    memset(out, 0, sizeof *out);
    switch (n->op) {
    case N_INT:
        out->kind = CONST_INT;
        out->i = n->u.ival;
        return true;
    case N_FLT:
        out->kind = CONST_FLT;
        out->f = n->u.fval;
        return true;
    case N_ADDR:
        return address_of(cc, n->a, out);
    case N_LABEL_ADDR:
        out->kind = CONST_ADDR;
        out->label = n->u.label.label;
        return true;
    case N_CAST:
        if (!constant(cc, n->a, out))
            return false;
        if (out->kind == CONST_ADDR) {
            if (n->type->kind == TY_BOOL && out->sym && !out->sym->weak) {
                out->kind = CONST_INT;
                out->sym = NULL;
                out->i = 1;
                return true;
            }
            return (n->type->size == cc->target->pointer_size && n->type->kind != TY_DOUBLE)
                   || (out->minus && ty_is_int(n->type) && n->type->kind != TY_BOOL);
        }
        if (out->kind == CONST_INT && (ty_is_int(n->type) || n->type->kind == TY_PTR)) {
            out->i = cc_wrap(n->type, out->i);
            return true;
        }
        return false;
    case N_PTRADD:
        if (!constant(cc, n->a, out) || !constant(cc, n->b, &b) || b.kind != CONST_INT || out->kind == CONST_FLT)
            return false;
        out->i = (int64_t)((uint64_t)out->i + (uint64_t)b.i * n->u.scale);
        return true;
    case N_ADD:
    case N_SUB:
        if (!ty_is_int(n->type) || !constant(cc, n->a, out) || !constant(cc, n->b, &b) || out->kind == CONST_FLT
            || b.kind == CONST_FLT)
            return false;
        if (b.kind == CONST_ADDR) {
            if (n->op == N_SUB && out->kind == CONST_ADDR && out->sym == b.sym && out->label == b.label) {
                out->kind = CONST_INT;
                out->i = (int64_t)((uint64_t)out->i - (uint64_t)b.i);
                out->sym = NULL;
                out->label = NULL;
                return true;
            }
            if (n->op == N_SUB && out->label && b.label && !out->minus && !b.minus) {
                out->minus = b.label;
                out->i = (int64_t)((uint64_t)out->i - (uint64_t)b.i);
                return true;
            }
            if (n->op == N_SUB || out->kind == CONST_ADDR)
                return false;
            b.i = (int64_t)((uint64_t)b.i + (uint64_t)out->i);
            *out = b;
            return true;
        }
        out->i = (int64_t)(n->op == N_ADD ? (uint64_t)out->i + (uint64_t)b.i : (uint64_t)out->i - (uint64_t)b.i);
        if (out->kind == CONST_INT)
            out->i = cc_wrap(n->type, out->i);
        return true;
    case N_PTRDIFF:
        if (!constant(cc, n->a, out) || !constant(cc, n->b, &b) || out->kind != b.kind || out->kind == CONST_FLT
            || out->sym != b.sym || out->minus || b.minus)
            return false;
        if (out->label != b.label) {
            if (!out->label || !b.label || n->u.scale > 1)
                return false;
            out->minus = b.label;
            out->i = (int64_t)((uint64_t)out->i - (uint64_t)b.i);
            return true;
        }
        out->kind = CONST_INT;
        out->i = (int64_t)((uint64_t)out->i - (uint64_t)b.i) / (int64_t)(n->u.scale ? n->u.scale : 1);
        out->sym = NULL;
        out->label = NULL;
        return true;
    case N_EQ:
    case N_NE:
    case N_LT:
    case N_LE:
    case N_GT:
    case N_GE: {
        if (!constant(cc, n->a, out) || !constant(cc, n->b, &b) || out->kind == CONST_FLT || b.kind == CONST_FLT
            || out->minus
            || b.minus)
            return false;
        bool eq = n->op == N_EQ || n->op == N_NE;
        if (out->sym != b.sym || out->label != b.label) {
            bool null = (!out->sym && !out->label && !out->i && b.sym && !b.sym->weak)
                        || (!b.sym && !b.label && !b.i && out->sym && !out->sym->weak);
            if (!eq || !null)
                return false;
            out->i = n->op == N_NE;
        } else {
            int64_t x = out->i, y = b.i;
            out->i = n->op == N_EQ ? x == y : n->op == N_NE ? x != y : n->op == N_LT ? x < y : n->op == N_LE ? x <= y
                   : n->op == N_GT ? x > y : x >= y;
        }
        out->kind = CONST_INT;
        out->sym = NULL;
        out->label = NULL;
        return true;
    }
    case N_NOT:
        if (!constant(cc, n->a, out))
            return false;
        if (out->kind == CONST_ADDR) {
            if (!out->sym || out->sym->weak)
                return false;
            out->kind = CONST_INT;
            out->sym = NULL;
            out->i = 0;
            return true;
        }
        return false;
    case N_LAND:
    case N_LOR: {
        CcConst a;
        if (!constant(cc, n->a, &a) || a.kind == CONST_FLT || (a.sym && a.sym->weak))
            return false;
        bool va = a.kind == CONST_ADDR || a.i;
        out->kind = CONST_INT;
        if (va == (n->op == N_LOR)) {
            out->i = va;
            return true;
        }
        if (!constant(cc, n->b, &b) || b.kind == CONST_FLT || (b.sym && b.sym->weak))
            return false;
        out->i = b.kind == CONST_ADDR || b.i;
        return true;
    }
    case N_COND: {
        CcConst c;
        if (!constant(cc, n->a, &c) || c.kind == CONST_FLT || (c.sym && c.sym->weak))
            return false;
        return constant(cc, c.kind == CONST_ADDR || c.i ? n->b : n->u.c, out);
    }
    case N_LOAD: /* a const object of known value, as gcc takes it */
        if (n->a->op == N_VAR && (n->a->type->quals & (Q_CONST | Q_VOLATILE)) == Q_CONST && n->a->u.sym->is_static
            && n->a->u.sym->init && n->a->u.sym->ninit == 1 && ty_is_scalar(n->type) && n->a->u.sym->init->value)
            return constant(cc, n->a->u.sym->init->value, out);
        return false;
    default:
        return false;
    }
}

static bool address_of(Cc *cc, const Node *n, CcConst *out)
{
    switch (n->op) {
    case N_VAR:
        if (n->u.sym->kind != SYM_FUNC && !n->u.sym->is_static)
            return false;
        out->kind = CONST_ADDR;
        out->sym = n->u.sym;
        return true;
    case N_DEREF:
        return constant(cc, n->a, out) && out->kind != CONST_FLT;
    case N_MEMBER:
        if (!address_of(cc, n->a, out))
            return false;
        out->i = (int64_t)((uint64_t)out->i + n->u.member->offset);
        return true;
    default:
        return false;
    }
}

bool cc_const(Cc *cc, const Node *n, CcConst *out)
{
    return constant(cc, n, out);
}

bool cc_const_int(Cc *cc, const Node *n, int64_t *v)
{
    CcConst c;
    if (!constant(cc, n, &c) || c.kind != CONST_INT)
        return false;
    *v = c.i;
    return true;
}

bool cc_const_expr(CcParser *p, const char *what, int64_t *v, Type **type)
{
    Node *n = cc_rvalue(p, cc_cond_expr(p));
    if (type)
        *type = n->type;
    *v = 0;
    if (ty_is_error(n->type))
        return false;
    if (!ty_is_int(n->type) || (n->op != N_INT && !cc_const_int(p->cc, n, v))) {
        if (what)
            cc_error_at(p, n, "%s is not an integer constant", what);
        else
            cc_error_at(p, n, "case label does not reduce to an integer constant");
        return false;
    }
    if (n->op == N_INT)
        *v = n->u.ival;
    if (!(n->flags & F_CONST_EXPR))
        diag_at(p->diag, DIAG_PEDWARN, W_PEDANTIC, n->begin, n->end, "%s is not an integer constant expression",
                what ? what : "case label");
    return true;
}
