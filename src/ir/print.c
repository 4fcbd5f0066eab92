/* ir: the printer of the text form (doc/ir.md, "Text"). Input: a function, which may be unsound as long as its side
 * records are in range. Output: text that ir_read reads back and that prints the same again. The one idea: everything
 * is printed from the operand letters of ops.def; only operations with a side record or an address have a case of
 * their own. */
#include "ir/text.h"
#include "base/softfloat.h"

const char *const ir_type_words[IR_TYPES] = { "void", "i32", "i64", "f32", "f64" };
const char *const ir_order_words[6] = { "", "relaxed", "acquire", "release", "acq_rel", "seq_cst" };
const char *const ir_rmw_words[IR_RMWS] = {
    "xchg", "add", "sub", "and", "or", "xor", "nand", "smin", "smax", "umin", "umax"
};
const char *const ir_round_words[8] = { "", "rne", "rtz", "rdn", "rup", "rmm", "", "dyn" };
const char *const ir_place_words[5] = { "int", "fp", "stack", "copy", "sret" };
const char *const ir_ext_words[7] = { "", "s8", "u8", "s16", "u16", "s32", "u32" };
const char *const ir_size_words[8] = { "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64" };
const char *const ir_call_words[3] = { "variadic", "noreturn", "returns_twice" };
const char *const ir_fn_words[7] = { "variadic", "noreturn", "returns_twice", "unit", "alloca", "ints_spent", "floats_spent" };
const char *const ir_sym_words[4] = { "func", "local", "tls", "weak" };
const char *const ir_slot_words[2] = { "scalar", "param" };

typedef struct Printer {
    Buf *out;
    const IrFn *f;
    IrNumbers num;
} Printer;

IrNumbers ir_numbers(Arena *a, const IrFn *f)
{
    IrNumbers m;
    uint32_t i, k, n = 0;
    m.ins = arena_array(a, uint32_t, f->ins.n);
    m.block = arena_array(a, uint32_t, f->blocks.n + 1);
    for (i = 0; i < f->blocks.n; i++)
        m.block[i] = UINT32_MAX;
    for (i = 0; i < f->order.n; i++) {
        const IrBlock *b = &f->blocks.p[f->order.p[i]];
        m.block[f->order.p[i]] = i;
        for (k = 0; k < b->n; k++)
            m.ins[b->first + k] = ++n;
    }
    return m;
}

bool ir_size_is_plain(unsigned type, unsigned aux)
{
    unsigned size = aux & (IR_MEM_SIZE | IR_MEM_SIGNED);
    return size == (type == IR_VOID ? 0u : ir_type_size(type) == 8 ? 3u : 2u);
}

uint32_t ir_sym_named(IrUnit *u, const char *name, size_t n)
{
    uint32_t i = u->named;
    for (; i < u->syms.n; i++) {
        const char *s = u->syms.p[i].name ? u->syms.p[i].name : "";
        void **at = map_at(&u->by_name, s, strlen(s));
        if (!*at)
            *at = (void *)(uintptr_t)i;
    }
    u->named = i;
    return (uint32_t)(uintptr_t)map_get(&u->by_name, name, n);
}

IrType ir_result_type(const IrFn *f, uint32_t k)
{
    return k < f->nresults ? (IrType)f->pieces.p[f->first_result + k].type : IR_VOID;
}

/* ---- words ---- */

static bool is_plain(const char *s)
{
    for (; *s; s++)
        if (!((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') || *s == '_' ||
              *s == '.' || *s == '$'))
            return false;
    return true;
}

static void put_bits(Buf *b, unsigned bits, const char *const *words, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (bits >> i & 1)
            buf_fmt(b, " %s", words[i]);
}

static void put_sym(Buf *b, IrUnit *u, uint32_t sym)
{
    const char *s;
    if (sym == 0 || sym >= u->syms.n) {
        buf_str(b, "@?");
        return;
    }
    s = u->syms.p[sym].name ? u->syms.p[sym].name : "";
    buf_u8(b, '@');
    if (is_plain(s)) {
        buf_str(b, s);
    } else {
        buf_u8(b, '"');
        for (const char *c = s; *c; c++)
            if (*c == '"' || *c == '\\' || *c < ' ' || *c > '~')
                buf_fmt(b, "\\%02x", (unsigned)(uint8_t)*c);
            else
                buf_u8(b, (uint8_t)*c);
        buf_u8(b, '"');
    }
    if (!*s || ir_sym_named(u, s, strlen(s)) != sym)
        buf_fmt(b, "#%u", (unsigned)sym);
}

static void put_offset(Buf *b, int64_t v)
{
    if (v)
        buf_fmt(b, v > 0 ? "+%lld" : "%lld", (long long)v);
}

static void put_const(Printer *p, const IrConst *c, IrType want)
{
    Buf *b = p->out;
    char text[64];
    Sf v;
    if (c->type != want)
        buf_fmt(b, "%s:", ir_type_words[c->type]);
    switch (c->kind) {
    case IR_C_INT:
        buf_fmt(b, "%lld", (long long)c->v);
        break;
    case IR_C_FLT:
        v.lo = (uint64_t)c->v;
        v.hi = 0;
        buf_put(b, text, sf_print_hex(c->type == IR_F32 ? SF_32 : SF_64, v, text));
        break;
    case IR_C_SYM:
        put_sym(b, p->f->unit, c->id);
        put_offset(b, c->v);
        break;
    case IR_C_SLOT:
        buf_fmt(b, "slot%u", (unsigned)c->id);
        put_offset(b, c->v);
        break;
    case IR_C_INARG:
        buf_str(b, "inarg");
        put_offset(b, c->v);
        break;
    default:
        buf_str(b, "undef");
        break;
    }
}

/* A reference whose place expects type `want`; constants of another type say theirs. */
static void put_ref(Printer *p, IrRef r, IrType want)
{
    if (r == IR_NONE)
        buf_str(p->out, "none");
    else if (!ir_is_const(r))
        if ((uint32_t)r < p->f->ins.n && p->num.ins[r])
            buf_fmt(p->out, "v%u", (unsigned)p->num.ins[r]);
        else
            buf_str(p->out, "v?");
    else if (ir_const_index(r) < p->f->consts.n)
        put_const(p, ir_const(p->f, r), want);
    else
        buf_str(p->out, "c?");
}

static void put_block(Printer *p, uint32_t block)
{
    if (block < p->f->blocks.n && p->num.block[block] != UINT32_MAX)
        buf_fmt(p->out, "b%u", (unsigned)p->num.block[block]);
    else
        buf_str(p->out, "b?");
}

/* [address + offset]; behind a constant address, which has an offset of its own, a comma parts the two. */
static void put_address(Printer *p, IrRef r, int64_t off)
{
    buf_u8(p->out, '[');
    put_ref(p, r, IR_I64);
    if (off && r <= 0)
        buf_fmt(p->out, ", %lld", (long long)off);
    else
        put_offset(p->out, off);
    buf_u8(p->out, ']');
}

static void put_piece(Buf *b, const IrPiece *p)
{
    buf_str(b, ir_place_words[p->place]);
    if (p->place != IR_PLACE_SRET || p->index)
        buf_fmt(b, "%u", (unsigned)p->index);
    buf_fmt(b, ".%s", ir_type_words[p->type]);
    if (p->ext)
        buf_fmt(b, ".%s", ir_ext_words[p->ext]);
    if (p->size != ir_type_size(p->type))
        buf_fmt(b, ".size%u", (unsigned)p->size);
    if (p->align_log2)
        buf_fmt(b, ".align%u", 1u << (p->align_log2 & 31));
}

static void put_results(Printer *p, uint32_t first, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        buf_str(p->out, i ? ", " : " -> ");
        put_piece(p->out, &p->f->pieces.p[first + i]);
    }
}

/* ---- instructions ---- */

/* What aux says, behind the operands. The rest that no word covers goes as a number. */
static void put_aux(Printer *p, const IrIns *i)
{
    Buf *b = p->out;
    unsigned aux = i->aux & ~(unsigned)IR_HAS_STATE, round = aux & IR_FLT_ROUND, order = aux >> IR_MEM_ORDER_SHIFT & 7;
    switch (ir_ops[i->op].class) {
    case IRC_LOAD: case IRC_STORE: case IRC_ATOMIC:
        if (order && order < countof(ir_order_words)) {
            buf_fmt(b, " %s", ir_order_words[order]);
            aux &= ~(7u << IR_MEM_ORDER_SHIFT);
        }
        if (aux >> IR_MEM_ALIGN_SHIFT & 15)
            buf_fmt(b, " align %u", 1u << (aux >> IR_MEM_ALIGN_SHIFT & 15));
        if (aux & IR_MEM_VOLATILE)
            buf_str(b, " volatile");
        if (aux & IR_MEM_TRAPS)
            buf_str(b, " traps");
        aux &= ~(15u << IR_MEM_ALIGN_SHIFT | IR_MEM_VOLATILE | IR_MEM_TRAPS);
        if (i->op != IR_COPY && i->op != IR_FILL && i->op != IR_FENCE)
            aux &= ~(unsigned)(IR_MEM_SIZE | IR_MEM_SIGNED);
        break;
    case IRC_FLT: case IRC_FCMP:
        if (*ir_round_words[round]) {
            buf_fmt(b, " %s", ir_round_words[round]);
            aux &= ~(unsigned)IR_FLT_ROUND;
        }
        if (aux & IR_FLT_STRICT)
            buf_str(b, " strict");
        if (aux & IR_FLT_SAT)
            buf_str(b, ir_ops[i->op].class == IRC_FCMP ? " signaling" : " sat");
        aux &= ~(unsigned)(IR_FLT_STRICT | IR_FLT_SAT);
        break;
    default:
        if (i->op == IR_ALLOCA && aux < 32) {
            buf_fmt(b, " align %u", 1u << aux);
            aux = 0;
        }
        break;
    }
    if (aux)
        buf_fmt(b, " aux %u", aux);
}

static void put_call(Printer *p, const IrIns *i)
{
    const IrFn *f = p->f;
    const IrCall *c = &f->calls.p[i->b];
    Buf *b = p->out;
    buf_u8(b, ' ');
    put_ref(p, i->a, IR_I64);
    buf_u8(b, '(');
    for (uint32_t k = 0; k < c->nargs; k++) {
        const IrPiece *piece = &f->pieces.p[c->first_piece + k];
        if (k)
            buf_str(b, ", ");
        put_piece(b, piece);
        buf_u8(b, ' ');
        put_ref(p, f->ops.p[c->first_arg + k], (IrType)piece->type);
    }
    buf_u8(b, ')');
    put_results(p, c->first_result, c->nresults);
    if (c->stack_size)
        buf_fmt(b, " stack %u", (unsigned)c->stack_size);
    put_bits(b, c->flags, ir_call_words, countof(ir_call_words));
}

static void put_switch(Printer *p, const IrIns *i)
{
    const IrSwitch *s = &p->f->switches.p[i->b];
    Buf *b = p->out;
    buf_u8(b, ' ');
    put_ref(p, i->a, (IrType)i->type);
    buf_str(b, " [");
    for (uint32_t k = 0; k < s->ncases; k++) {
        const IrCase *c = &p->f->cases.p[s->first_case + k];
        buf_fmt(b, "%s%lld", k ? ", " : "", (long long)c->lo);
        if (c->hi != c->lo)
            buf_fmt(b, "..%lld", (long long)c->hi);
        buf_str(b, ": ");
        put_block(p, c->block);
    }
    buf_str(b, "] else ");
    put_block(p, s->otherwise);
}

static void put_phi(Printer *p, const IrIns *i)
{
    buf_str(p->out, " [");
    for (int32_t k = 0; k < i->b; k++) {
        if (k)
            buf_str(p->out, ", ");
        put_block(p, (uint32_t)p->f->ops.p[i->a + 2 * k]);
        buf_str(p->out, ": ");
        put_ref(p, p->f->ops.p[i->a + 2 * k + 1], (IrType)i->type);
    }
    buf_u8(p->out, ']');
}

static void put_jmp_ind(Printer *p, const IrIns *i)
{
    buf_u8(p->out, ' ');
    put_ref(p, i->a, IR_I64);
    buf_str(p->out, " [");
    for (int32_t k = 0; k < i->c; k++) {
        if (k)
            buf_str(p->out, ", ");
        put_block(p, (uint32_t)p->f->ops.p[i->b + k]);
    }
    buf_u8(p->out, ']');
}

static void put_ret(Printer *p, const IrIns *i)
{
    for (int32_t k = 0; k < i->b; k++) {
        IrType want = ir_result_type(p->f, (uint32_t)k);
        buf_str(p->out, k ? ", " : " ");
        put_ref(p, p->f->ops.p[i->a + k], want);
    }
}

/* Operations with an address. */
static void put_memory(Printer *p, const IrIns *i)
{
    Buf *b = p->out;
    IrType t = (IrType)i->type;
    if (i->op == IR_RMW && (uint32_t)i->c < IR_RMWS)
        buf_fmt(b, " %s", ir_rmw_words[i->c]);
    if (i->op != IR_COPY && i->op != IR_FILL && !ir_size_is_plain(i->type, i->aux))
        buf_fmt(b, " %s", ir_size_words[i->aux & (IR_MEM_SIZE | IR_MEM_SIGNED)]);
    buf_u8(b, ' ');
    put_address(p, i->a, i->op == IR_LOAD || i->op == IR_STORE ? i->c : 0);
    switch (i->op) {
    case IR_STORE: case IR_RMW: case IR_CAS:
        buf_str(b, ", ");
        put_ref(p, i->b, t);
        if (i->op == IR_CAS) {
            buf_str(b, ", ");
            put_ref(p, i->c, t);
        }
        break;
    case IR_COPY:
        buf_str(b, ", ");
        put_address(p, i->b, 0);
        buf_fmt(b, ", %d", (int)i->c);
        break;
    case IR_FILL:
        buf_str(b, ", ");
        put_ref(p, i->b, IR_I32);
        buf_fmt(b, ", %d", (int)i->c);
        break;
    default:
        break;
    }
}

static void put_operands(Printer *p, const IrIns *i)
{
    const char *letter = ir_ops[i->op].operands;
    int32_t v[3];
    bool any = false;
    v[0] = i->a, v[1] = i->b, v[2] = i->c;
    for (int k = 0; k < 3; k++) {
        if (letter[k] == '.')
            continue;
        buf_str(p->out, any ? ", " : " ");
        any = true;
        switch (letter[k]) {
        case 't': put_ref(p, v[k], (IrType)i->type); break;
        case 'i': put_ref(p, v[k], IR_I32); break;
        case 'l': case 'p': put_ref(p, v[k], IR_I64); break;
        case 'v': put_ref(p, v[k], IR_VOID); break;
        case 'b': put_block(p, (uint32_t)v[k]); break;
        default: buf_fmt(p->out, "%d", (int)v[k]); break;
        }
    }
}

static void put_state(Printer *p, uint32_t ref)
{
    const IrFn *f = p->f;
    const IrStateMap *m = ir_state_of(f, (IrRef)ref);
    if (!m)
        return;
    buf_str(p->out, " state [");
    for (uint32_t k = 0; k < m->n; k++) {
        buf_fmt(p->out, "%s%u: ", k ? ", " : "", (unsigned)f->ops.p[m->first + 2 * k]);
        put_ref(p, f->ops.p[m->first + 2 * k + 1], IR_VOID);
    }
    buf_u8(p->out, ']');
}

static void put_ins(Printer *p, uint32_t ref)
{
    const IrIns *i = &p->f->ins.p[ref];
    Buf *b = p->out;
    buf_str(b, "  ");
    if (ir_ops[i->op].result != '.' && !(i->op == IR_CALL && i->type == IR_VOID))
        buf_fmt(b, "v%u = ", (unsigned)p->num.ins[ref]);
    buf_str(b, ir_ops[i->op].name);
    if (i->type != IR_VOID)
        buf_fmt(b, ".%s", ir_type_words[i->type]);
    switch (i->op) {
    case IR_LOAD: case IR_STORE: case IR_COPY: case IR_FILL: case IR_RMW: case IR_CAS: put_memory(p, i); break;
    case IR_PHI: put_phi(p, i); break;
    case IR_CALL: put_call(p, i); break;
    case IR_SWITCH: put_switch(p, i); break;
    case IR_JMP_IND: put_jmp_ind(p, i); break;
    case IR_RET: put_ret(p, i); break;
    default: put_operands(p, i); break;
    }
    put_aux(p, i);
    if (i->aux & IR_HAS_STATE)
        put_state(p, ref);
    buf_u8(b, '\n');
}

/* ---- functions and units ---- */

static void put_header(Printer *p)
{
    const IrFn *f = p->f;
    Buf *b = p->out;
    uint32_t i;
    buf_str(b, "func ");
    put_sym(b, f->unit, f->sym);
    buf_u8(b, '(');
    for (i = 0; i < f->nparams; i++) {
        if (i)
            buf_str(b, ", ");
        put_piece(b, &f->pieces.p[f->first_param + i]);
    }
    buf_u8(b, ')');
    put_results(p, f->first_result, f->nresults);
    put_bits(b, f->flags, ir_fn_words, countof(ir_fn_words));
    if (f->inarg_size)
        buf_fmt(b, " inargs %u", (unsigned)f->inarg_size);
    buf_str(b, " {\n");
    for (i = 0; i < f->contract.n; i++) {
        const IrContract *k = &f->contract.p[i];
        buf_fmt(b, "  contract %u: %s ", (unsigned)k->id, ir_type_words[k->type]);
        if (k->reg == IR_IN_FRAME)
            buf_str(b, "frame\n");
        else
            buf_fmt(b, "reg %u\n", (unsigned)k->reg);
    }
    for (i = 0; i < f->slots.n; i++) {
        const IrSlot *s = &f->slots.p[i];
        buf_fmt(b, "  slot%u: %llu align %u", (unsigned)i, (unsigned long long)s->size, (unsigned)s->align);
        if (s->type)
            buf_fmt(b, " %s", ir_type_words[s->type]);
        put_bits(b, s->flags, ir_slot_words, countof(ir_slot_words));
        buf_u8(b, '\n');
    }
}

void ir_print_fn(Buf *out, const IrFn *f)
{
    Printer p;
    uint32_t i, k;
    p.out = out;
    p.f = f;
    p.num = ir_numbers(f->arena, f);
    put_header(&p);
    for (i = 0; i < f->order.n; i++) {
        const IrBlock *b = &f->blocks.p[f->order.p[i]];
        buf_fmt(out, "b%u:", (unsigned)i);
        if (b->loop_depth)
            buf_fmt(out, " depth %u", (unsigned)b->loop_depth);
        if (b->address_taken)
            buf_str(out, " taken");
        if (b->sym) {
            buf_u8(out, ' ');
            put_sym(out, f->unit, b->sym);
        }
        buf_u8(out, '\n');
        for (k = 0; k < b->n; k++)
            put_ins(&p, b->first + k);
    }
    buf_str(out, "}\n");
}

void ir_print_unit_syms(Buf *out, const IrUnit *u)
{
    for (uint32_t i = 1; i < u->syms.n; i++) {
        buf_str(out, "sym ");
        put_sym(out, (IrUnit *)u, i);
        put_bits(out, u->syms.p[i].flags, ir_sym_words, countof(ir_sym_words));
        buf_u8(out, '\n');
    }
}
