/* select: one instruction, by its class: what every target does alike is done here, the rest by its hooks. In: an instruction that is no
 * phi; out: its code. */
#include "gen/fast.h"

static void misc(Gen *g, uint32_t i, const IrIns *in)
{
    const GenSelect *t = g->t->select;
    unsigned reg;
    switch (in->op) {
    case IR_MOVE: gen_move(g, i); break;
    case IR_BITCAST: t->bitcast(g, i, in); break;
    case IR_SELECT: t->choose(g, i, in); break;
    case IR_PARAM: t->param(g, i, in); break;
    case IR_ALLOCA: t->alloc(g, i, in); break;
    case IR_VA_START: t->varargs(g, i, in); break;
    case IR_STACK_SAVE:
        reg = gen_alloc(g, g->t->scratch[0]);
        t->stack_pointer(g, reg, true);
        gen_def(g, i, reg, 0);
        break;
    case IR_STACK_RESTORE:
        reg = gen_in(g, in->a);
        t->stack_pointer(g, reg, false);
        gen_out(g, in->a, reg);
        break;
    case IR_FRAME_ADDR: case IR_RET_ADDR: t->frame_up(g, i, in); break;
    case IR_FFLAGS_GET: case IR_FFLAGS_SET: t->fflags(g, i, in); break;
    default: break;            /* nop, proj (done with its producer), state_in (pinned) */
    }
}

static void terminator(Gen *g, uint32_t i, const IrIns *in)
{
    const GenSelect *t = g->t->select;
    unsigned reg;
    switch (in->op) {
    case IR_JMP: gen_goto(g, (uint32_t)in->a); break;
    case IR_BR: gen_branch(g, in); break;
    case IR_SWITCH: gen_switch(g, i); break;
    case IR_RET:
        gen_ret(g, in);
        t->epilogue(g);
        break;
    case IR_JMP_IND:
        gen_refuse_phis(g, in);
        reg = gen_in(g, in->a);
        t->jump_reg(g, reg);
        gen_out(g, in->a, reg);
        break;
    case IR_EXIT: case IR_EXIT_INDIRECT: t->leave_unit(g, i, in); break;
    default: t->trap(g); break;
    }
}

/* Debug: an i32 gets a bit above its half, and nobody may believe that half to be clear. */
static void junk(Gen *g, uint32_t i)
{
    GenVal *v = &g->vals[i];
    if (!g->t->select->junk || !v->uses || (v->flags & (GV_DEFER | GV_ALIAS | GV_PINNED)) || gen_type(g, (IrRef)i) != IR_I32 ||
        v->reg == GEN_NOREG || !(g->t->scratch[0] >> v->reg & 1))
        return;
    g->t->select->junk(g, v->reg);
    v->flags &= (uint16_t)~(GV_CANON | GV_NONNEG);
}

void gen_select(Gen *g, uint32_t i)
{
    const GenSelect *t = g->t->select;
    const IrIns *in = gen_ins(g, i);
    bool state = (in->aux & IR_HAS_STATE) && in->op != IR_EXIT && in->op != IR_EXIT_INDIRECT;
    if (g->skip == i)
        return;
    if (state)
        gen_record_state(g, i);
    switch (ir_ops[in->op].class) {
    case IRC_INT: t->integer(g, i, in); break;
    case IRC_CMP: case IRC_FCMP:
        if (gen_defers_cmp(g, i))
            g->vals[i].flags |= GV_DEFER;
        else if (!gen_dead(g, i) || (in->aux & IR_FLT_STRICT && ir_ops[in->op].class == IRC_FCMP))
            t->compare(g, i, in);
        else
            gen_consume(g, in->a), gen_consume(g, in->b);
        break;
    case IRC_FLT: t->floating(g, i, in); break;
    case IRC_LOAD: t->load(g, i, in); break;
    case IRC_STORE: (in->op == IR_STORE ? t->store : in->op == IR_COPY ? t->copy : t->fill)(g, i, in); break;
    case IRC_ATOMIC: t->atomic(g, i, in); break;
    case IRC_CALL: t->call(g, i, in); break;
    case IRC_TERM: terminator(g, i, in); break;
    default: misc(g, i, in); break;
    }
    if (state)
        gen_consume_state(g, i);
    if (g->job->junk)
        junk(g, i);
}
