/* Statements to basic blocks (C11 6.8). Loops are laid out body first with the test at the bottom: one branch a
 * round. */
#include "cc/lower.h"

uint32_t lw_label(Cc *cc, CcLabel *l)
{
    CcLower *lw = cc->lower;
    if (!l->block) {
        l->block = 1 + ir_block(lw->f);
        if (l->address_taken) {
            l->ir_sym = ir_unit_sym(&cc->ir, ".Llabel", IR_SYM_LOCAL, obj_local(cc->obj, ".Llabel", 7, lw->text, 0));
            lw->f->blocks.p[l->block - 1].address_taken = true;
            lw->f->blocks.p[l->block - 1].sym = l->ir_sym;
        }
    }
    return l->block - 1;
}

void lw_stmts(Cc *cc, Node *first)
{
    for (Node *s = first; s; s = s->next)
        lw_stmt(cc, s);
}

/* while, do, for (6.8.5) */
static void lower_loop(Cc *cc, Node *n)
{
    CcLower *lw = cc->lower;
    IrFn *f = lw->f;
    uint32_t old_break = lw->break_to, old_continue = lw->continue_to;
    if (n->op == N_FOR && n->u.ctl.init)
        lw_stmts(cc, n->u.ctl.init);
    if (f->loop_depth < 20)
        f->loop_depth++;
    uint32_t body = ir_block(f), next = ir_block(f), test = n->op == N_FOR ? ir_block(f) : next;
    f->loop_depth--;
    uint32_t end = ir_block(f);
    f->loop_depth++;
    lw->break_to = end + 1;
    lw->continue_to = next + 1;
    f->loc = n->loc;
    if (n->op != N_DO && n->a)
        ir_jmp(f, test);
    ir_place(f, body);
    lw_stmt(cc, n->b);
    ir_place(f, next);
    if (n->op == N_FOR) {
        if (n->u.ctl.step)
            lw_effects(cc, n->u.ctl.step);
        ir_place(f, test);
    }
    if (n->a)
        lw_cond(cc, n->a, body, end);
    else
        ir_jmp(f, body);
    f->loop_depth--;
    ir_place(f, end);
    lw->break_to = old_break;
    lw->continue_to = old_continue;
}

static void lower_if(Cc *cc, Node *n)
{
    IrFn *f = cc->lower->f;
    uint32_t end = ir_block(f);
    for (;;) { /* else-if chains go round, not down */
        uint32_t yes = ir_block(f), no = n->u.ctl.otherwise ? ir_block(f) : end;
        lw_cond(cc, n->a, yes, no);
        ir_place(f, yes);
        lw_stmt(cc, n->b);
        if (!n->u.ctl.otherwise)
            break;
        ir_jmp(f, end);
        ir_place(f, no);
        if (n->u.ctl.otherwise->op != N_IF) {
            lw_stmt(cc, n->u.ctl.otherwise);
            break;
        }
        n = n->u.ctl.otherwise;
    }
    ir_place(f, end);
}

static void lower_switch(Cc *cc, Node *n)
{
    CcLower *lw = cc->lower;
    IrFn *f = lw->f;
    uint32_t old_break = lw->break_to, end = ir_block(f), otherwise = end;
    VEC(IrCase) cases = {0};
    IrType t = lw_type(n->a->type);
    bool u = n->a->type->is_unsigned;
    IrRef v = lw_value(cc, n->a);
    for (Node *c = n->u.sw.cases; c; c = c->u.cas.chain) {
        uint32_t b = ir_block(f);
        c->u.cas.block = b + 1;
        if (c->u.cas.is_default) {
            otherwise = b;
            continue;
        }
        IrCase k;
        k.block = b;
        k.lo = c->u.cas.lo;
        k.hi = c->u.cas.hi;
        if (t == IR_I32) { /* compared as signed: an unsigned range across 2^31 falls in two */
            k.lo = (int32_t)k.lo;
            k.hi = (int32_t)k.hi;
        }
        if (u && k.lo > k.hi) {
            IrCase high = k;
            high.hi = t == IR_I32 ? INT32_MAX : INT64_MAX;
            vec_push(f->arena, &cases, high);
            k.lo = t == IR_I32 ? INT32_MIN : INT64_MIN;
        }
        vec_push(f->arena, &cases, k);
    }
    f->loc = n->loc;
    ir_switch(f, t, v, cases.p, cases.n, otherwise);
    lw->break_to = end + 1;
    lw_stmt(cc, n->b);
    lw->break_to = old_break;
    ir_place(f, end);
}

void lw_stmt(Cc *cc, Node *n)
{
    CcLower *lw = cc->lower;
    IrFn *f = lw->f;
    if (!n)
        return;
    f->loc = n->loc;
    switch (n->op) {
    case N_BLOCK:
        lw_stmts(cc, n->u.list.first);
        return;
    case N_EXPR:
        if (n->a)
            lw_effects(cc, n->a);
        return;
    case N_DECL: {
        CcSym *s = n->u.init.sym;
        if (s->is_static || !(n->u.init.n || n->u.init.zero))
            return;
        Node var = {0};
        var.op = N_VAR;
        var.type = s->type;
        var.u.sym = s;
        lw_inits(cc, lw_place(cc, &var), s->type->size, n->u.init.inits, n->u.init.n, n->u.init.zero && !ty_is_scalar(s->type));
        return;
    }
    case N_IF:
        lower_if(cc, n);
        return;
    case N_WHILE:
    case N_DO:
    case N_FOR:
        lower_loop(cc, n);
        return;
    case N_SWITCH:
        lower_switch(cc, n);
        return;
    case N_CASE:
        ir_place(f, n->u.cas.block - 1);
        lw_stmt(cc, n->b);
        return;
    case N_LABEL: {
        uint32_t b = lw_label(cc, n->u.label.label);
        ir_place(f, b);
        lw_stmt(cc, n->b);
        return;
    }
    case N_GOTO: {
        uint32_t b = lw_label(cc, n->u.label.label);
        f->loc = n->loc;
        ir_jmp(f, b);
        return;
    }
    case N_GOTO_IND: {
        VEC(uint32_t) to = {0};
        IrRef v = lw_value(cc, n->a);
        for (CcLabel *l = lw->fn->labels; l; l = l->next)
            if (l->address_taken)
                vec_push(f->arena, &to, lw_label(cc, l));
        f->loc = n->loc;
        ir_jmp_ind(f, v, to.p, to.n);
        return;
    }
    case N_BREAK:
        ir_jmp(f, lw->break_to - 1);
        return;
    case N_CONTINUE:
        ir_jmp(f, lw->continue_to - 1);
        return;
    case N_RETURN:
        lw_return(cc, n->a);
        return;
    case N_ASM:
        diag_error(cc->diag, n->loc, n->u.str.operands ? "asm with operands is not supported" : "inline assembly is not supported yet");
        return;
    default:
        lw_effects(cc, n); /* an expression where a statement list holds one directly */
    }
}
