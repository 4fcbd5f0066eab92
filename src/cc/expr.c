/* expr: binary, conditional, assignment and comma operators (6.5.5 to 6.5.17), by precedence climbing. */
#include "cc/parse.h"

/* ---- arithmetic and pointers ---- */

static const char *const op_names[N_OPS] = {
    [N_ADD] = "+", [N_SUB] = "-", [N_MUL] = "*", [N_DIV] = "/", [N_MOD] = "%", [N_AND] = "&", [N_OR] = "|",
    [N_XOR] = "^", [N_SHL] = "<<", [N_SHR] = ">>", [N_EQ] = "==", [N_NE] = "!=", [N_LT] = "<", [N_LE] = "<=",
    [N_GT] = ">", [N_GE] = ">=", [N_LAND] = "&&", [N_LOR] = "||",
};

static Node *invalid(CcParser *p, NodeOp op, const Node *a, const Node *b, SrcLoc loc)
{
    if (a->type->kind == TY_VOID || b->type->kind == TY_VOID)
        cc_error_at(p, a->type->kind == TY_VOID ? a : b, "void value not ignored as it ought to be");
    else if (!ty_is_error(a->type) && !ty_is_error(b->type))
        diag_at(p->diag, DIAG_ERROR, W_NONE, loc, loc + (SrcLoc)strlen(op_names[op]),
                "invalid operands to binary %s (have '%s' and '%s')",
                op_names[op], ty_name(p->cc, a->type), ty_name(p->cc, b->type));
    return cc_error_node(p, loc);
}

/* Bytes a step of a pointer takes; GNU lets void and functions count 1. */
static bool pointee_size(CcParser *p, const Node *a, uint64_t *size)
{
    const Type *t = a->type->base;
    *size = t->size;
    if (t->kind == TY_VOID || t->kind == TY_FUNC) {
        diag_at(p->diag, DIAG_PEDWARN, W_POINTER_ARITH, a->begin, a->end, "pointer of type '%s' used in arithmetic",
                ty_name(p->cc, a->type));
        *size = 1;
        return true;
    }
    if (t->incomplete) {
        cc_error_at(p, a, "arithmetic on a pointer to an incomplete type '%s'", ty_name(p->cc, t));
        return false;
    }
    return !ty_is_error(t);
}

static Node *ptr_add(CcParser *p, Node *a, Node *b, bool minus, SrcLoc loc)
{
    uint64_t size;
    if (!pointee_size(p, a, &size))
        return cc_error_node(p, loc);
    SrcLoc end = b->end, begin = b->begin;
    b = cc_convert(p, cc_promote(p, b), p->ptrdiff);
    if (minus) {
        Node *neg = NULL;
        if (b->op == N_INT)
            neg = cc_range(cc_int_node(p, b->type, (int64_t)(0 - (uint64_t)b->u.ival), b->loc), begin, end);
        b = neg ? neg : cc_node1(p, N_NEG, b->type, loc, b);
    }
    if (a->op == N_INT && b->op == N_INT) {
        Node *r = cc_int_node(p, a->type, (int64_t)((uint64_t)a->u.ival + (uint64_t)b->u.ival * size), loc);
        r->flags = a->flags & b->flags & F_CONST_EXPR;
        return cc_range(r, a->begin, b->end);
    }
    Node *n = cc_node2(p, N_PTRADD, a->type, loc, a, b);
    n->u.scale = size;
    return n;
}

static Node *ptr_diff(CcParser *p, Node *a, Node *b, SrcLoc loc)
{
    uint64_t size;
    if (!ty_same_unqual(a->type->base, b->type->base) && !(a->type->base->kind == TY_VOID && b->type->base->kind
                                                           == TY_VOID))
        return invalid(p, N_SUB, a, b, loc);
    if (!pointee_size(p, a, &size))
        return cc_error_node(p, loc);
    if (!size) {
        diag_error(p->diag, loc, "arithmetic on pointer to an empty aggregate");
        return cc_error_node(p, loc);
    }
    if (a->op == N_INT && b->op == N_INT)
        return cc_range(cc_int_node(p, p->ptrdiff,
                                    (int64_t)((uint64_t)a->u.ival - (uint64_t)b->u.ival) / (int64_t)size, loc),
                                        a->begin,
                        b->end);
    Node *n = cc_node2(p, N_PTRDIFF, p->ptrdiff, loc, a, cc_convert(p, b, a->type));
    n->u.scale = size;
    return n;
}

static void check_shift(CcParser *p, const Node *n, const Node *count, bool left, SrcLoc loc)
{
    if (count->op != N_INT || p->noeval)
        return;
    if (count->u.ival < 0 && !count->type->is_unsigned)
        diag_warn(p->diag, W_SHIFT_NEGATIVE, loc, "%s shift count is negative", left ? "left" : "right");
    else if ((uint64_t)count->u.ival >= ty_bits(n->type))
        diag_warn(p->diag, W_SHIFT_COUNT, loc, "%s shift count >= width of type", left ? "left" : "right");
}

static Node *shift(CcParser *p, NodeOp op, Node *a, Node *b, SrcLoc loc)
{
    if (!ty_is_int(a->type) || !ty_is_int(b->type))
        return invalid(p, op, a, b, loc);
    a = cc_promote(p, a);
    b = cc_promote(p, b);
    check_shift(p, a, b, op == N_SHL, loc);
    Node *n = cc_fold2(p, op, a->type, a, b, loc);
    return n ? n : cc_node2(p, op, a->type, loc, a, b);
}

/* ---- comparisons (6.5.8, 6.5.9) ---- */

/* How many low bits a value of n can have set, when it is seen to be no less than 0; 64 when it may be anything. */
static unsigned value_bits(const Node *n)
{
    unsigned a, b, w = ty_bits(n->type);
    switch (n->op) {
    case N_INT:
        if (n->u.ival < 0 && !n->type->is_unsigned)
            return 64;
        return n->u.ival ? 64 - bits_clz64((uint64_t)n->u.ival) : 0;
    case N_LOAD: {
        CcMember *m = cc_bit_field(n);
        return n->type->is_unsigned ? m ? m->bit_width : w : 64;
    }
    case N_CAST:
        if (!ty_is_int(n->a->type))
            return n->type->is_unsigned ? w : 64;
        a = value_bits(n->a);
        return a < 64 && (a < w || n->type->is_unsigned) ? (a < w ? a : w) : n->type->is_unsigned ? w : 64;
    case N_EQ:
    case N_NE:
    case N_LT:
    case N_LE:
    case N_GT:
    case N_GE:
    case N_LAND:
    case N_LOR:
    case N_NOT:
        return 1;
    case N_COND:
        a = value_bits(n->b);
        b = value_bits(n->u.c);
        return a > b ? a : b;
    case N_COMMA:
        return value_bits(n->b);
    case N_ADD:
    case N_OR:
    case N_XOR:
    case N_AND:
    case N_MUL:
    case N_DIV:
    case N_MOD:
    case N_SHR:
        a = value_bits(n->a);
        b = value_bits(n->b);
        if (n->op == N_AND)
            return a < b ? a : b;
        if (a < 64 && b < 64) {
            a = n->op == N_MUL ? a + b : n->op == N_DIV || n->op == N_SHR ? a : n->op == N_MOD ? (a < b ? a : b)
                : (a > b ? a : b) + (n->op == N_ADD);
            if (a < w || n->type->is_unsigned)
                return a < w ? a : w;
        }
        return n->type->is_unsigned ? w : 64;
    default:
        return n->type->is_unsigned ? w : 64;
    }
}

static bool is_nonnegative(const Node *n)
{
    return value_bits(n) < ty_bits(n->type) + (n->type->is_unsigned ? 1 : 0);
}

static void check_signs(CcParser *p, const Node *a, const Node *b, SrcLoc loc)
{
    if (p->noeval || !ty_is_int(a->type) || !ty_is_int(b->type) || a->type->is_unsigned == b->type->is_unsigned)
        return;
    const Node *s = a->type->is_unsigned ? b : a, *u = a->type->is_unsigned ? a : b;
    if (u->type->size < s->type->size || is_nonnegative(s))
        return;
    diag_warn(p->diag, W_SIGN_COMPARE, loc, "comparison of integer expressions of different signedness: '%s' and '%s'",
              ty_name(p->cc, a->type), ty_name(p->cc, b->type));
}

static bool compare_pointers(CcParser *p, NodeOp op, Node **pa, Node **pb, SrcLoc loc)
{
    Node *a = *pa, *b = *pb;
    bool eq = op == N_EQ || op == N_NE;
    if (a->type->kind == TY_PTR && b->type->kind == TY_PTR) {
        const Type *x = a->type->base, *y = b->type->base;
        bool null = cc_is_null_const(a) || cc_is_null_const(b);
        bool is_void = x->kind == TY_VOID || y->kind == TY_VOID;
        if (!null && !(eq && is_void) && !ty_same_unqual(x, y) && !(is_void && x->kind != TY_FUNC && y->kind
                                                                    != TY_FUNC))
            diag_warn(p->diag, W_COMPARE_DISTINCT, loc, "comparison of distinct pointer types lacks a cast");
        if (cc_is_null_const(a) && y->kind != TY_VOID)
            *pa = cc_convert(p, a, b->type);
        else
            *pb = cc_convert(p, b, a->type);
        return true;
    }
    Node **ptr = a->type->kind == TY_PTR ? pa : pb, **i = ptr == pa ? pb : pa;
    if (!ty_is_int((*i)->type))
        return false;
    if (!cc_is_null_const(*i))
        diag_warn(p->diag, W_NONE, loc, "comparison between pointer and integer");
    else if (eq && (*ptr)->op == N_ADDR && (*ptr)->a->op == N_VAR && !(*ptr)->a->u.sym->weak && (*ptr)->a->u.sym->name
             && !p->noeval)
        diag_warn(p->diag, W_ADDRESS, loc,
                  "the comparison will always evaluate as '%s' for the address of '%s' will never be NULL",
                  op == N_EQ ? "false" : "true", (*ptr)->a->u.sym->name->s);
    *i = cc_convert(p, *i, (*ptr)->type);
    return true;
}

static Node *compare(CcParser *p, NodeOp op, Node *a, Node *b, SrcLoc loc)
{
    if (ty_is_arith(a->type) && ty_is_arith(b->type)) {
        a = cc_promote(p, a);
        b = cc_promote(p, b);
        if (a->type != b->type) {
            check_signs(p, a, b, loc);
            Type *t = ty_common(p->cc, a->type, b->type);
            a = cc_convert(p, a, t);
            b = cc_convert(p, b, t);
        }
    } else if (!((a->type->kind == TY_PTR || b->type->kind == TY_PTR) && compare_pointers(p, op, &a, &b, loc))) {
        return invalid(p, op, a, b, loc);
    }
    if (ty_is_error(a->type) || ty_is_error(b->type))
        return cc_error_node(p, loc);
    Node *n = cc_fold2(p, op, &p->basic[TY_INT], a, b, loc);
    return n ? n : cc_node2(p, op, &p->basic[TY_INT], loc, a, b);
}

Node *cc_binary(CcParser *p, NodeOp op, Node *a, Node *b, SrcLoc loc)
{
    Type *ta = a->type, *tb = b->type;
    if (ty_is_error(ta) || ty_is_error(tb))
        return cc_error_node(p, loc);
    switch (op) {
    case N_ADD:
        if (ta->kind == TY_PTR && ty_is_int(tb))
            return ptr_add(p, a, b, false, loc);
        if (tb->kind == TY_PTR && ty_is_int(ta)) {
            Node *n = ptr_add(p, b, a, false, loc);
            return cc_range(n, a->begin, b->end);
        }
        break;
    case N_SUB:
        if (ta->kind == TY_PTR && ty_is_int(tb))
            return ptr_add(p, a, b, true, loc);
        if (ta->kind == TY_PTR && tb->kind == TY_PTR)
            return ptr_diff(p, a, b, loc);
        break;
    case N_SHL:
    case N_SHR:
        return shift(p, op, a, b, loc);
    case N_EQ:
    case N_NE:
    case N_LT:
    case N_LE:
    case N_GT:
    case N_GE:
        return compare(p, op, a, b, loc);
    case N_MOD:
    case N_AND:
    case N_OR:
    case N_XOR:
        if (!ty_is_int(ta) || !ty_is_int(tb))
            return invalid(p, op, a, b, loc);
        break;
    default:
        break;
    }
    if (!ty_is_arith(ta) || !ty_is_arith(tb))
        return invalid(p, op, a, b, loc);
    a = cc_promote(p, a);
    b = cc_promote(p, b);
    Type *t = a->type;
    if (t != b->type) {
        t = ty_common(p->cc, a->type, b->type);
        a = cc_convert(p, a, t);
        b = cc_convert(p, b, t);
        if (ty_is_error(a->type) || ty_is_error(b->type))
            return cc_error_node(p, loc);
    }
    if ((op == N_DIV || op == N_MOD) && b->op == N_INT && b->u.ival == 0 && !p->noeval)
        diag_warn(p->diag, W_DIV_BY_ZERO, loc, "division by zero");
    Node *n = cc_fold2(p, op, t, a, b, loc);
    return n ? n : cc_node2(p, op, t, loc, a, b);
}

/* ---- precedence ---- */

static const uint8_t precs[T_COUNT] = {
    [T_STAR] = 10, [T_SLASH] = 10, [T_PERCENT] = 10, [T_PLUS] = 9, [T_MINUS] = 9, [T_SHL] = 8, [T_SHR] = 8, [T_LT] = 7,
    [T_GT] = 7, [T_LE] = 7, [T_GE] = 7, [T_EQ] = 6, [T_NE] = 6, [T_AMP] = 5, [T_CARET] = 4, [T_PIPE] = 3,
    [T_ANDAND] = 2, [T_OROR] = 1,
};
static const uint8_t ops[T_COUNT] = {
    [T_STAR] = N_MUL, [T_SLASH] = N_DIV, [T_PERCENT] = N_MOD, [T_PLUS] = N_ADD, [T_MINUS] = N_SUB, [T_SHL] = N_SHL,
    [T_SHR] = N_SHR, [T_LT] = N_LT, [T_GT] = N_GT, [T_LE] = N_LE, [T_GE] = N_GE, [T_EQ] = N_EQ, [T_NE] = N_NE,
    [T_AMP] = N_AND, [T_CARET] = N_XOR, [T_PIPE] = N_OR, [T_ANDAND] = N_LAND, [T_OROR] = N_LOR, [T_STAR_ASSIGN] = N_MUL,
    [T_SLASH_ASSIGN] = N_DIV, [T_PERCENT_ASSIGN] = N_MOD, [T_PLUS_ASSIGN] = N_ADD, [T_MINUS_ASSIGN] = N_SUB,
    [T_SHL_ASSIGN] = N_SHL, [T_SHR_ASSIGN] = N_SHR, [T_AMP_ASSIGN] = N_AND, [T_CARET_ASSIGN] = N_XOR,
    [T_PIPE_ASSIGN] = N_OR,
};

static bool is_arith_op(unsigned op)
{
    return op == N_ADD || op == N_SUB;
}

/* An operand that was written without parentheses and surprises people (-Wparentheses). */
static void check_mix(CcParser *p, NodeOp op, const Node *a, const Node *b)
{
    for (int i = 0; i < 2; i++) {
        const Node *x = i ? b : a;
        if (x->flags & F_PAREN)
            continue;
        if (op == N_LOR && x->op == N_LAND) {
            cc_warn_at(p, W_PARENTHESES, x, "suggest parentheses around '&&' within '||'");
        } else if ((op == N_SHL || op == N_SHR) && is_arith_op(x->op)) {
            cc_warn_at(p, W_PARENTHESES, x, "suggest parentheses around '%s' inside '%s'", op_names[x->op],
                       op_names[op]);
        } else if (op == N_AND || op == N_OR || op == N_XOR) {
            if (x->op >= N_EQ && x->op <= N_GE)
                cc_warn_at(p, W_PARENTHESES, x, "suggest parentheses around comparison in operand of '%s'",
                           op_names[op]);
            else if (is_arith_op(x->op))
                cc_warn_at(p, W_PARENTHESES, x, "suggest parentheses around arithmetic in operand of '%s'",
                           op_names[op]);
            else if ((op == N_OR && (x->op == N_AND || x->op == N_XOR))
                     || (op == N_XOR && (x->op == N_AND || x->op == N_OR)))
                cc_warn_at(p, W_PARENTHESES, x, "suggest parentheses around arithmetic in operand of '%s'",
                           op_names[op]);
        } else if (op >= N_LT && op <= N_GE && x->op >= N_LT && x->op <= N_GE) {
            cc_warn_at(p, W_PARENTHESES, x, "comparisons like 'X<=Y<=Z' do not have their mathematical meaning");
        } else if ((op == N_EQ || op == N_NE) && x->op >= N_EQ && x->op <= N_GE) {
            cc_warn_at(p, W_PARENTHESES, x, "suggest parentheses around comparison in operand of '%s'", op_names[op]);
        }
    }
}

void cc_warn_cond(CcParser *p, const Node *n)
{
    if (n->op == N_ASSIGN && !(n->flags & F_PAREN))
        cc_warn_at(p, W_PARENTHESES, n, "suggest parentheses around assignment used as truth value");
}

/* a && b, a || b; when a decides, b is read but not made */
static Node *logic(CcParser *p, NodeOp op, Node *a, uint32_t labels, Node *b, SrcLoc loc)
{
    bool v;
    Type *t = &p->basic[TY_INT];
    a = cc_scalar(p, a, "operand");
    b = cc_scalar(p, b, "operand");
    if (ty_is_error(a->type) || ty_is_error(b->type))
        return cc_error_node(p, loc);
    if (a->op == N_FLT || b->op == N_FLT) {
        Type *boolean = &p->basic[TY_BOOL];
        if (a->op == N_FLT)
            a = cc_convert(p, a, boolean);
        if (b->op == N_FLT)
            b = cc_convert(p, b, boolean);
    }
    if (cc_truth(a, &v)) {
        bool w;
        unsigned flags = a->flags & F_CONST_EXPR;
        if (v == (op == N_LOR)) {
            if (labels == p->nlabels) {
                Node *n = cc_int_node(p, t, v, loc);
                n->flags = (uint8_t)flags;
                return cc_range(n, a->begin, b->end);
            }
        } else if (cc_truth(b, &w)) {
            Node *n = cc_int_node(p, t, w, loc);
            n->flags = (uint8_t)(flags & b->flags);
            return cc_range(n, a->begin, b->end);
        }
    }
    return cc_node2(p, op, t, loc, a, b);
}

static Node *binary_rest(CcParser *p, Node *a, unsigned least)
{
    for (;;) {
        unsigned prec = precs[p->tok.kind];
        if (prec < least || !prec)
            return a;
        NodeOp op = ops[p->tok.kind];
        SrcLoc loc = p->tok.loc;
        cc_next(p);
        if (op == N_LAND || op == N_LOR) {
            bool v = false, dead;
            uint32_t labels = p->nlabels;
            a = cc_rvalue(p, a);
            dead = cc_truth(a, &v) && v == (op == N_LOR);
            p->noeval += dead;
            Node *b = cc_cast_expr(p);
            if (precs[p->tok.kind] > prec)
                b = binary_rest(p, b, prec + 1);
            p->noeval -= dead;
            cc_warn_cond(p, a);
            cc_warn_cond(p, b);
            check_mix(p, op, a, b);
            a = logic(p, op, a, labels, b, loc);
            continue;
        }
        a = cc_rvalue(p, a);
        Node *b = cc_cast_expr(p);
        if (precs[p->tok.kind] > prec)
            b = binary_rest(p, b, prec + 1);
        b = cc_rvalue(p, b);
        if (p->diag->on[W_PARENTHESES])
            check_mix(p, op, a, b);
        a = cc_binary(p, op, a, b, loc);
    }
}

/* ---- a ? b : c (6.5.15) ---- */

static Type *cond_type(CcParser *p, Node *b, Node *c, SrcLoc loc)
{
    Type *tb = b->type, *tc = c->type;
    if (ty_is_error(tb) || ty_is_error(tc))
        return &p->basic[TY_ERROR];
    if (ty_is_arith(tb) && ty_is_arith(tc)) {
        if (tb == tc && !ty_is_int(tb))
            return tb;
        Node *x = cc_promote(p, b), *y = cc_promote(p, c);
        if (tb->kind == TY_ENUM && tb->unq == tc->unq)
            return ty_promote(p->cc, tb);
        return ty_common(p->cc, x->type, y->type);
    }
    if (tb->kind == TY_VOID || tc->kind == TY_VOID)
        return &p->basic[TY_VOID];
    if (ty_is_record(tb) && ty_same_unqual(tb, tc))
        return tb;
    if (tb->kind == TY_PTR && tc->kind == TY_PTR) {
        Type *x = tb->base, *y = tc->base;
        unsigned quals = (x->quals | y->quals) & (Q_CONST | Q_VOLATILE | Q_RESTRICT);
        if (cc_is_null_const(c))
            return tb;
        if (cc_is_null_const(b))
            return tc;
        if (x->kind == TY_VOID || y->kind == TY_VOID)
            return ty_ptr(p->cc, ty_qualify(p->cc, &p->basic[TY_VOID], quals));
        if (ty_same_unqual(x, y)) {
            Type *t = ty_composite(p->cc, x, y);
            return ty_ptr(p->cc, quals && t->kind != TY_FUNC ? ty_qualify(p->cc, t, quals) : t);
        }
        diag_warn(p->diag, W_INCOMPATIBLE_PTR, loc, "pointer type mismatch in conditional expression");
        return ty_ptr(p->cc, ty_qualify(p->cc, &p->basic[TY_VOID], quals));
    }
    if ((tb->kind == TY_PTR && ty_is_int(tc)) || (tc->kind == TY_PTR && ty_is_int(tb))) {
        if (!cc_is_null_const(tb->kind == TY_PTR ? c : b))
            diag_warn(p->diag, W_INT_CONVERSION, loc, "pointer/integer type mismatch in conditional expression");
        return tb->kind == TY_PTR ? tb : tc;
    }
    diag_error(p->diag, loc, "type mismatch in conditional expression");
    return &p->basic[TY_ERROR];
}

/* -Wparentheses and friends look at written operators; a folded node remembers nothing. */
static Node *elvis(CcParser *p, Node *a, SrcLoc loc)
{
    cc_next(p);
    Node *c = cc_rvalue(p, cc_cond_expr(p));
    a = cc_scalar(p, a, "operand");
    Type *t = cond_type(p, a, c, loc);
    if (ty_is_error(t))
        return cc_error_node(p, loc);
    bool v;
    if (cc_truth(a, &v))
        return cc_convert(p, v ? a : c, t);
    Node *n = cc_node2(p, N_COND_ELVIS, t, loc, a, c);
    n->b = NULL;
    n->u.c = t->kind == TY_VOID ? c : cc_convert(p, c, t);
    return n;
}

static Node *conditional(CcParser *p, Node *a)
{
    SrcLoc loc = p->tok.loc;
    bool v = false, known;
    if (!cc_enter(p))
        return a;
    cc_next(p);
    a = cc_rvalue(p, a);
    if (p->tok.kind == T_COLON) {
        Node *n = elvis(p, a, loc);
        cc_leave(p);
        return n;
    }
    cc_warn_cond(p, a);
    a = cc_scalar(p, a, "condition");
    if (a->op == N_FLT)
        a = cc_convert(p, a, &p->basic[TY_BOOL]);
    known = cc_truth(a, &v);
    uint32_t labels = p->nlabels;
    p->noeval += known && !v;
    Node *b = cc_rvalue(p, cc_expr(p));
    p->noeval -= known && !v;
    if (!cc_expect(p, T_COLON)) {
        cc_leave(p);
        return cc_error_node(p, loc);
    }
    p->noeval += known && v;
    Node *c = cc_rvalue(p, cc_cond_expr(p));
    p->noeval -= known && v;
    cc_leave(p);
    Type *t = cond_type(p, b, c, loc);
    if (ty_is_error(t) || ty_is_error(a->type))
        return cc_error_node(p, loc);
    SrcLoc begin = a->begin, end = c->end;
    unsigned flags = known ? a->flags & (v ? b : c)->flags & F_CONST_EXPR : 0;
    if (t->kind != TY_VOID) {
        p->noeval += known && !v;
        b = cc_convert(p, b, t);
        p->noeval -= known && !v;
        p->noeval += known && v;
        c = cc_convert(p, c, t);
        p->noeval -= known && v;
    } else {
        if (b->type->kind != TY_VOID)
            b = cc_node1(p, N_CAST, t, loc, b);
        if (c->type->kind != TY_VOID)
            c = cc_node1(p, N_CAST, t, loc, c);
    }
    if (known && labels == p->nlabels) {
        Node *n = v ? b : c;
        if (n->op == N_INT || n->op == N_FLT)
            n->flags = (uint8_t)((n->flags & ~F_CONST_EXPR) | flags);
        if (n->op == N_INT || n->op == N_FLT)
            cc_range(n, begin, end);
        return n;
    }
    Node *n = cc_node2(p, N_COND, t, loc, a, b);
    n->u.c = c;
    if (c->height >= n->height)
        n->height = (uint16_t)(c->height + 1);
    return cc_range(n, begin, end);
}

Node *cc_cond_expr(CcParser *p)
{
    Node *a = cc_cast_expr(p);
    if (precs[p->tok.kind])
        a = binary_rest(p, a, 1);
    return p->tok.kind == T_QUESTION ? conditional(p, a) : a;
}

/* ---- assignment (6.5.16) ---- */

/* " '*p'" for the simple case */
static const char *location(CcParser *p, const Node *a)
{
    if (a->op != N_DEREF || a->a->op != N_LOAD || a->a->a->op != N_VAR || !a->a->a->u.sym->name)
        return "";
    return arena_fmt(p->cc->unit, " '*%s'", a->a->a->u.sym->name->s);
}

/* May a be assigned to? what: "assignment" … */
static bool modifiable(CcParser *p, const Node *a, const char *what, const char *operand)
{
    Type *t = a->type;
    if (ty_is_error(t))
        return false;
    if (!cc_is_lvalue(a)) {
        if (operand)
            cc_error_at(p, a, "lvalue required as %s", operand);
        else
            cc_error_at(p, a, "lvalue required as left operand of assignment");
        return false;
    }
    if (t->kind == TY_ARRAY) {
        cc_error_at(p, a, "assignment to expression with array type");
        return false;
    }
    if (t->kind == TY_VOID || t->incomplete) {
        cc_error_at(p, a, "invalid use of %s", t->kind == TY_VOID ? "void expression" : "incomplete type");
        return false;
    }
    if ((t->quals & Q_CONST) || (ty_is_record(t) && t->u.rec->has_const)) {
        if (a->op == N_VAR && a->u.sym->name)
            cc_error_at(p, a, "%s of read-only %s '%s'", what, a->u.sym->is_param ? "parameter" : "variable",
                        a->u.sym->name->s);
        else if (a->op == N_MEMBER && a->u.member->name)
            cc_error_at(p, a, "%s of read-only member '%s'", what, a->u.member->name->s);
        else
            cc_error_at(p, a, "%s of read-only location%s", what, location(p, a));
        return false;
    }
    return true;
}

static void forget_use(const Node *a)
{
    if (a->op == N_VAR && a->sub && a->u.sym->kind == SYM_VAR) {
        a->u.sym->used = false;
        a->u.sym->was_set = true;
    }
}

static Node *assign(CcParser *p, Node *a)
{
    SrcLoc loc = p->tok.loc;
    cc_next(p);
    forget_use(a);
    Node *b = cc_rvalue(p, cc_assign_expr(p));
    if (!modifiable(p, a, "assignment", NULL) || ty_is_error(b->type))
        return cc_error_node(p, loc);
    b = cc_assign_convert(p, b, a->type, WHY_ASSIGN, NULL);
    if (ty_is_error(b->type))
        return b;
    Node *n = cc_node2(p, N_ASSIGN, a->type->unq, loc, a, b);
    if (a->type->quals & Q_VOLATILE)
        n->flags |= F_VOLATILE;
    return n;
}

/* The type a bit-field or narrow integer computes in. */
static Type *promoted_type(CcParser *p, const Node *a)
{
    CcMember *m = cc_bit_field(a);
    if (m && ty_is_int(a->type)) {
        if (m->bit_width < 32 || (m->bit_width == 32 && !a->type->is_unsigned))
            return &p->basic[TY_INT];
        if (m->bit_width == 32)
            return &p->basic[TY_UINT];
    }
    return ty_is_int(a->type) ? ty_promote(p->cc, a->type) : a->type->unq;
}

static Node *op_node(CcParser *p, Node *a, NodeOp op, Node *b, Type *ctype, uint64_t scale, SrcLoc loc)
{
    Node *n = cc_node2(p, N_OPASSIGN, a->type->unq, loc, a, b);
    n->sub = (uint8_t)op;
    n->u.op.ctype = ctype;
    n->u.op.scale = scale;
    if (a->type->quals & Q_VOLATILE)
        n->flags |= F_VOLATILE;
    return n;
}

/* a op= b, with a known to be modifiable and b a value */
static Node *op_assign(CcParser *p, Node *a, NodeOp op, Node *b, SrcLoc loc)
{
    Type *t = a->type->unq;
    if (ty_is_error(b->type))
        return cc_error_node(p, loc);
    if (t->kind == TY_PTR) {
        uint64_t size;
        if ((op != N_ADD && op != N_SUB) || !ty_is_int(b->type))
            return invalid(p, op, a, b, loc);
        if (!pointee_size(p, a, &size))
            return cc_error_node(p, loc);
        b = cc_convert(p, cc_promote(p, b), p->ptrdiff);
        if (op == N_SUB)
            b = b->op == N_INT ? cc_range(cc_int_node(p, b->type, (int64_t)(0 - (uint64_t)b->u.ival), b->loc),
                                          b->begin, b->end)
                               : cc_node1(p, N_NEG, b->type, loc, b);
        return op_node(p, a, N_PTRADD, b, t, size, loc);
    }
    bool ints = ty_is_int(t) && ty_is_int(b->type);
    if (!ints && (!ty_is_arith(t) || !ty_is_arith(b->type) || (op != N_ADD && op != N_SUB && op != N_MUL && op
                                                               != N_DIV)))
        return invalid(p, op, a, b, loc);
    b = cc_promote(p, b);
    if (op == N_SHL || op == N_SHR) {
        Type *c = promoted_type(p, a);
        if (b->op == N_INT && !p->noeval) {
            if (b->u.ival < 0 && !b->type->is_unsigned)
                diag_warn(p->diag, W_SHIFT_NEGATIVE, loc, "%s shift count is negative", op == N_SHL ? "left" : "right");
            else if ((uint64_t)b->u.ival >= ty_bits(c))
                diag_warn(p->diag, W_SHIFT_COUNT, loc, "%s shift count >= width of type", op == N_SHL ? "left"
                          : "right");
        }
        return op_node(p, a, op, b, c, 0, loc);
    }
    Type *c = ty_common(p->cc, promoted_type(p, a), b->type);
    b = cc_convert(p, b, c);
    if ((op == N_DIV || op == N_MOD) && b->op == N_INT && b->u.ival == 0 && !p->noeval)
        diag_warn(p->diag, W_DIV_BY_ZERO, loc, "division by zero");
    return op_node(p, a, op, b, c, 0, loc);
}

Node *cc_increment(CcParser *p, Node *a, bool minus, bool post, SrcLoc loc)
{
    if (!modifiable(p, a, minus ? "decrement" : "increment", minus ? "decrement operand" : "increment operand"))
        return cc_error_node(p, loc);
    Type *t = a->type;
    if (!ty_is_arith(t) && t->kind != TY_PTR) {
        cc_error_at(p, a, "wrong type argument to %s", minus ? "decrement" : "increment");
        return cc_error_node(p, loc);
    }
    Node *n = op_assign(p, a, minus ? N_SUB : N_ADD, cc_int_node(p, &p->basic[TY_INT], 1, loc), loc);
    if (post)
        n->flags |= F_POST;
    return n;
}

Node *cc_assign_expr(CcParser *p)
{
    Node *a = cc_cond_expr(p);
    TokenKind k = p->tok.kind;
    if (k < T_ASSIGN || k > T_PIPE_ASSIGN)
        return a;
    if (!cc_enter(p))
        return a;
    if (k == T_ASSIGN) {
        a = assign(p, a);
        cc_leave(p);
        return a;
    }
    SrcLoc loc = p->tok.loc;
    cc_next(p);
    forget_use(a);
    Node *b = cc_rvalue(p, cc_assign_expr(p));
    cc_leave(p);
    if (!modifiable(p, a, "assignment", NULL))
        return cc_error_node(p, loc);
    return op_assign(p, a, ops[k], b, loc);
}

/* ---- comma (6.5.17) ---- */

Node *cc_expr(CcParser *p)
{
    Node *a = cc_assign_expr(p);
    while (p->tok.kind == T_COMMA) {
        SrcLoc loc = p->tok.loc;
        cc_next(p);
        a = cc_rvalue(p, a);
        cc_check_unused(p, a, true);
        Node *b = cc_rvalue(p, cc_assign_expr(p));
        if (ty_is_error(a->type) || ty_is_error(b->type))
            a = cc_error_node(p, loc);
        else
            a = cc_node2(p, N_COMMA, b->type, loc, a, b);
    }
    return a;
}
