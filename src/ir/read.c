/* ir: the reader of the text form (doc/ir.md, "Text"). Input: any bytes. Output: a unit and its functions,
 * instruction for instruction as written (nothing is folded), with every number in range, so that ir_check can say
 * the rest; or messages with places. The one idea: an error makes the rest of the line look empty, so every rule
 * below just goes on and ends; the next line starts afresh. */
#include "ir/lex.h"
#include "base/softfloat.h"

/* ---- operands ---- */

static int32_t immediate(IrReader *r)
{
    return (int32_t)ir_lex_signed_number(r, INT32_MIN, INT32_MAX, "a number");
}

static IrType type_word(IrReader *r)
{
    int t = ir_lex_word_in(r, ir_type_words, IR_TYPES);
    if (t <= IR_VOID) {
        ir_lex_unexpected(r, "a type");
        return IR_I32;
    }
    ir_lex_next(r);
    return (IrType)t;
}

static IrRef float_const(IrReader *r, IrType t, size_t from)
{
    SfEnv e;
    Sf v;
    size_t end = from, n;
    memset(&e, 0, sizeof e);
    while (end < r->n && r->text[end] != '\n' && end - from < 4096)
        end++;
    n = sf_parse(&e, t == IR_F32 ? SF_32 : SF_64, r->text + from, end - from, &v);
    if (n == 0 || ir_lex_is_word_char(ir_lex_peek(r, from + n))) {
        ir_lex_fail(r, from, "expected a floating constant");
        return IR_NONE;
    }
    r->at = from + n;
    ir_lex_next(r);
    return ir_flt(r->f, t, v.lo);
}

/* An address constant's offset, if there is one. */
static int64_t offset(IrReader *r)
{
    if (ir_lex_take(r, '+'))
        return (int64_t)ir_lex_number(r, INT64_MAX, "an offset");
    return r->tok == '-' ? ir_lex_signed_number(r, INT64_MIN, 0, "an offset") : 0;
}

static IrRef symbol_const(IrReader *r)
{
    uint32_t sym = r->sym;
    if (!sym) {
        ir_lex_fail(r, r->start, "no symbol '%.*s' is declared", (int)(r->at - r->start < 200 ? r->at - r->start : 200),
             r->text + r->start);
        return IR_NONE;
    }
    ir_lex_next(r);
    return ir_sym(r->f, sym, offset(r));
}

static IrRef value_ref(IrReader *r, uint32_t label, unsigned field, uint32_t at)
{
    IrRef v = (IrRef)(intptr_t)map_get_int(&r->vals, label);
    if (v == 0) {
        Fixup x;
        x.label = label;
        x.loc = r->base + (SrcLoc)r->start;
        x.field = (uint8_t)field;
        x.at = at;
        vec_push(r->arena, &r->fixups, x);
    }
    ir_lex_next(r);
    return v;
}

/* A value: vN, a constant of type `want` or one that says its type, or none. field and at: where the reference goes. */
static IrRef value(IrReader *r, IrType want, unsigned field, uint32_t at)
{
    static const char *const words[] = { "undef", "nan", "inf" };
    uint32_t k;
    size_t from;
    int t;
    if (ir_lex_at_numbered(r, "v", &k))
        return value_ref(r, k, field, at);
    if (ir_lex_take_word(r, "none"))
        return IR_NONE;
    t = ir_lex_word_in(r, ir_type_words, IR_TYPES);
    if (t > IR_VOID) {
        ir_lex_next(r);
        ir_lex_expect(r, ':', "':' behind the type of a constant");
        want = (IrType)t;
    }
    from = r->start;
    if (r->tok == T_SYM)
        return symbol_const(r);
    if (ir_lex_take_word(r, "inarg"))
        return ir_inarg_addr(r->f, offset(r));
    if (ir_lex_at_numbered(r, "slot", &k)) {
        if (k >= r->f->slots.n)
            ir_lex_fail(r, from, "slot%u is not declared", (unsigned)k);
        ir_lex_next(r);
        int64_t off = offset(r);
        return r->bad ? IR_NONE : ir_slot_addr(r->f, k, off);
    }
    if (r->tok != T_NUM && r->tok != '-' && ir_lex_word_in(r, words, countof(words)) < 0) {
        ir_lex_unexpected(r, "a value");
        return IR_NONE;
    }
    if (want == IR_VOID) {
        ir_lex_fail(r, from, "a constant needs its type here, as in i32:0");
        return IR_NONE;
    }
    if (ir_lex_take_word(r, "undef"))
        return ir_undef(r->f, want);
    if (ir_is_float(want))
        return float_const(r, want, from);
    return ir_int(r->f, want, want == IR_I32 ? ir_lex_signed_number(r, INT32_MIN, UINT32_MAX, "an i32")
                                             : ir_lex_signed_number(r, INT64_MIN, UINT64_MAX, "an i64"));
}

static void push_op(IrReader *r, int32_t v)
{
    vec_push(r->arena, &r->f->ops, v);
}

static void push_value(IrReader *r, IrType want)
{
    uint32_t at = r->f->ops.n;
    push_op(r, 0);
    IrRef v = value(r, want, 3, at);
    r->f->ops.p[at] = v;
}

static uint32_t block_ref(IrReader *r)
{
    uint32_t label, b;
    if (!ir_lex_at_numbered(r, "b", &label)) {
        ir_lex_unexpected(r, "a block");
        return 0;
    }
    void **at = map_at_int(&r->blocks, label);
    if (*at) {
        b = (uint32_t)(uintptr_t)*at - 1;
    } else {
        b = ir_block(r->f);
        *at = (void *)((uintptr_t)b + 1);
        vec_push(r->arena, &r->block_locs, r->base + (SrcLoc)r->start);
    }
    ir_lex_next(r);
    return b;
}

/* [value], [value+off] behind vN, [constant, off]. */
static IrRef address(IrReader *r, unsigned field, int32_t *off)
{
    bool is_const;
    uint32_t k;
    ir_lex_expect(r, '[', "'['");
    is_const = !ir_lex_at_numbered(r, "v", &k);
    IrRef v = value(r, IR_I64, field, r->f->ins.n);
    if (off && is_const && ir_lex_take(r, ','))
        *off = immediate(r);
    else if (off && !is_const && ir_lex_take(r, '+'))
        *off = (int32_t)ir_lex_number(r, INT32_MAX, "an offset");
    else if (off && !is_const && r->tok == '-')
        *off = immediate(r);
    ir_lex_expect(r, ']', "']'");
    return v;
}

/* A dotted word of a piece: `name` and digits, as in size24. */
static bool dotted(IrReader *r, const char *name, uint32_t *v)
{
    if (!ir_lex_at_numbered(r, name, v))
        return false;
    ir_lex_next(r);
    return true;
}

static IrPiece piece(IrReader *r)
{
    IrPiece p;
    uint32_t k = 0, v;
    int ext;
    memset(&p, 0, sizeof p);
    p.type = IR_I32;
    while (k < countof(ir_place_words) && !ir_lex_at_numbered(r, ir_place_words[k], &p.index) &&
           !ir_lex_at_word(r, ir_place_words[k]))
        k++;
    if (k == countof(ir_place_words) || (k != IR_PLACE_SRET && ir_lex_at_word(r, ir_place_words[k]))) {
        ir_lex_unexpected(r, "a piece, as in int0.i64,");
        return p;
    }
    p.place = (uint8_t)k;
    ir_lex_next(r);
    ir_lex_expect(r, '.', "'.' and a type");
    p.type = (uint8_t)type_word(r);
    p.size = ir_type_size(p.type);
    while (ir_lex_take(r, '.')) {
        if ((ext = ir_lex_word_in(r, ir_ext_words, countof(ir_ext_words))) > 0) {
            p.ext = (uint8_t)ext;
            ir_lex_next(r);
        } else if (dotted(r, "size", &p.size)) {
            continue;
        } else if (ir_lex_at_numbered(r, "align", &v) && v && (v & (v - 1)) == 0) {
            p.align_log2 = (uint8_t)bits_ctz64(v);
            ir_lex_next(r);
        } else {
            ir_lex_unexpected(r, "an extension, size or align");
        }
    }
    return p;
}

static void piece_list(IrReader *r, uint32_t *first, uint32_t *n)
{
    *first = r->f->pieces.n;
    if (!ir_lex_take(r, T_ARROW))
        return;
    do {
        IrPiece p = piece(r);
        vec_push(r->arena, &r->f->pieces, p);
        ++*n;
    } while (ir_lex_take(r, ','));
}

/* ---- instructions ---- */

static void read_call(IrReader *r, IrIns *i)
{
    IrFn *f = r->f;
    IrCall c;
    VEC(IrPiece) args = {0};
    memset(&c, 0, sizeof c);
    i->a = value(r, IR_I64, 0, f->ins.n);
    c.first_arg = f->ops.n;
    ir_lex_expect(r, '(', "'('");
    if (r->tok != ')')
        do {
            IrPiece p = piece(r);
            vec_push(r->arena, &args, p);
            push_value(r, (IrType)p.type);
        } while (ir_lex_take(r, ','));
    ir_lex_expect(r, ')', "')'");
    c.nargs = args.n;
    c.first_piece = ir_add_pieces(f, args.p, args.n);
    piece_list(r, &c.first_result, &c.nresults);
    if (ir_lex_take_word(r, "stack"))
        c.stack_size = (uint32_t)ir_lex_number(r, INT32_MAX, "a size");
    c.flags = ir_lex_flag_words(r, ir_call_words, countof(ir_call_words));
    i->b = (int32_t)f->calls.n;
    vec_push(r->arena, &f->calls, c);
}

static void read_switch(IrReader *r, IrIns *i)
{
    IrFn *f = r->f;
    IrSwitch s;
    i->a = value(r, (IrType)i->type, 0, f->ins.n);
    s.first_case = f->cases.n;
    s.ncases = 0;
    ir_lex_expect(r, '[', "'['");
    if (r->tok != ']')
        do {
            IrCase c;
            c.lo = c.hi = ir_lex_signed_number(r, INT64_MIN, UINT64_MAX, "a case");
            if (ir_lex_take(r, T_RANGE))
                c.hi = ir_lex_signed_number(r, INT64_MIN, UINT64_MAX, "a case");
            ir_lex_expect(r, ':', "':'");
            c.block = block_ref(r);
            vec_push(r->arena, &f->cases, c);
            s.ncases++;
        } while (ir_lex_take(r, ','));
    ir_lex_expect(r, ']', "']'");
    if (!ir_lex_take_word(r, "else"))
        ir_lex_unexpected(r, "'else'");
    s.otherwise = block_ref(r);
    i->b = (int32_t)f->switches.n;
    vec_push(r->arena, &f->switches, s);
}

static void read_phi(IrReader *r, IrIns *i)
{
    i->a = (int32_t)r->f->ops.n;
    ir_lex_expect(r, '[', "'['");
    if (r->tok != ']')
        do {
            push_op(r, (int32_t)block_ref(r));
            ir_lex_expect(r, ':', "':'");
            push_value(r, (IrType)i->type);
            i->b++;
        } while (ir_lex_take(r, ','));
    ir_lex_expect(r, ']', "']'");
}

static void read_jmp_ind(IrReader *r, IrIns *i)
{
    i->a = value(r, IR_I64, 0, r->f->ins.n);
    i->b = (int32_t)r->f->ops.n;
    ir_lex_expect(r, '[', "'['");
    if (r->tok != ']')
        do {
            push_op(r, (int32_t)block_ref(r));
            i->c++;
        } while (ir_lex_take(r, ','));
    ir_lex_expect(r, ']', "']'");
}

static void read_ret(IrReader *r, IrIns *i)
{
    IrFn *f = r->f;
    i->a = (int32_t)f->ops.n;
    if (ir_lex_ended(r))
        return;
    do {
        push_value(r, ir_result_type(f, (uint32_t)i->b));
        i->b++;
    } while (ir_lex_take(r, ','));
}

static void read_memory(IrReader *r, IrIns *i)
{
    uint32_t at = r->f->ins.n;
    IrType t = (IrType)i->type;
    bool plain = i->op == IR_COPY || i->op == IR_FILL;
    int k;
    if (i->op == IR_RMW) {
        k = ir_lex_word_in(r, ir_rmw_words, IR_RMWS);
        if (k < 0)
            ir_lex_unexpected(r, "what to do with memory");
        ir_lex_next(r);
        i->c = k < 0 ? 0 : k;
    }
    if (!plain) {
        k = ir_lex_word_in(r, ir_size_words, countof(ir_size_words));
        if (k >= 0)
            ir_lex_next(r);
        i->aux = (uint16_t)(k >= 0 ? k : t == IR_VOID ? 0 : ir_type_size(t) == 8 ? 3 : 2);
    }
    i->a = address(r, 0, i->op == IR_LOAD || i->op == IR_STORE ? &i->c : NULL);
    if (i->op == IR_LOAD)
        return;
    ir_lex_expect(r, ',', "','");
    if (i->op == IR_COPY)
        i->b = address(r, 1, NULL);
    else
        i->b = value(r, i->op == IR_FILL ? IR_I32 : t, 1, at);
    if (plain || i->op == IR_CAS) {
        ir_lex_expect(r, ',', "','");
        i->c = plain ? immediate(r) : value(r, t, 2, at);
    }
}

static int32_t operand(IrReader *r, char letter, IrType t, unsigned field)
{
    uint32_t at = r->f->ins.n;
    switch (letter) {
    case 't': return value(r, t, field, at);
    case 'i': return value(r, IR_I32, field, at);
    case 'l': case 'p': return value(r, IR_I64, field, at);
    case 'v': return value(r, IR_VOID, field, at);
    case 'b': return (int32_t)block_ref(r);
    default: return immediate(r);
    }
}

static void read_operands(IrReader *r, IrIns *i)
{
    const char *letter = ir_ops[i->op].operands;
    int32_t v[3] = {0, 0, 0};
    for (unsigned k = 0; k < 3; k++) {
        if (letter[k] == '.')
            continue;
        if (k)
            ir_lex_expect(r, ',', "','");
        v[k] = operand(r, letter[k], (IrType)i->type, k);
    }
    i->a = v[0], i->b = v[1], i->c = v[2];
}

static bool memory_word(IrReader *r, IrIns *i)
{
    int k = ir_lex_word_in(r, ir_order_words, countof(ir_order_words));
    if (k > 0) {
        ir_lex_next(r);
        i->aux = (uint16_t)((i->aux & ~(7u << IR_MEM_ORDER_SHIFT)) | (unsigned)k << IR_MEM_ORDER_SHIFT);
    } else if (ir_lex_take_word(r, "align")) {
        k = (int)ir_lex_power_of_two(r, 15);
        i->aux = (uint16_t)((i->aux & ~(15u << IR_MEM_ALIGN_SHIFT)) | (unsigned)k << IR_MEM_ALIGN_SHIFT);
    } else if (ir_lex_take_word(r, "volatile")) {
        i->aux |= IR_MEM_VOLATILE;
    } else if (ir_lex_take_word(r, "traps")) {
        i->aux |= IR_MEM_TRAPS;
    } else {
        return false;
    }
    return true;
}

static bool float_word(IrReader *r, IrIns *i)
{
    int k = ir_lex_word_in(r, ir_round_words, countof(ir_round_words));
    if (k > 0) {
        ir_lex_next(r);
        i->aux = (uint16_t)((i->aux & ~(unsigned)IR_FLT_ROUND) | (unsigned)k);
    } else if (ir_lex_take_word(r, "strict")) {
        i->aux |= IR_FLT_STRICT;
    } else if (ir_lex_take_word(r, ir_ops[i->op].class == IRC_FCMP ? "signaling" : "sat")) {
        i->aux |= IR_FLT_SAT;
    } else {
        return false;
    }
    return true;
}

static void read_state(IrReader *r)
{
    IrFn *f = r->f;
    IrStateMap m;
    m.ins = f->ins.n;
    m.first = f->ops.n;
    m.n = 0;
    ir_lex_expect(r, '[', "'['");
    if (r->tok != ']')
        do {
            push_op(r, (int32_t)ir_lex_number(r, INT32_MAX, "a state"));
            ir_lex_expect(r, ':', "':'");
            push_value(r, IR_VOID);
            m.n++;
        } while (ir_lex_take(r, ','));
    ir_lex_expect(r, ']', "']'");
    if (!r->bad)
        vec_push(r->arena, &f->states, m);
}

/* What follows the operands. */
static void read_aux(IrReader *r, IrIns *i)
{
    while (!ir_lex_ended(r)) {
        unsigned class = ir_ops[i->op].class;
        if (ir_lex_take_word(r, "aux")) {
            i->aux |= (uint16_t)ir_lex_number(r, 0x7fff, "aux");
        } else if (ir_lex_at_word(r, "state") && !(i->aux & IR_HAS_STATE)) {
            ir_lex_next(r);
            i->aux |= IR_HAS_STATE;
            read_state(r);
        } else if (i->op == IR_ALLOCA && ir_lex_take_word(r, "align")) {
            i->aux = (uint16_t)((i->aux & IR_HAS_STATE) | ir_lex_power_of_two(r, 31));
        } else if (!((class == IRC_LOAD || class == IRC_STORE || class == IRC_ATOMIC) && memory_word(r, i)) &&
                   !((class == IRC_FLT || class == IRC_FCMP) && float_word(r, i))) {
            ir_lex_unexpected(r, "the end of the line");
        }
    }
}

static void define_value(IrReader *r, uint32_t label, size_t at)
{
    void **v = map_at_int(&r->vals, label);
    if (*v)
        ir_lex_fail(r, at, "v%u is defined twice", (unsigned)label);
    else
        *v = (void *)(intptr_t)r->f->ins.n;
}

static void read_ins(IrReader *r)
{
    IrFn *f = r->f;
    IrIns i;
    uint32_t label = 0, fixups = r->fixups.n, states = f->states.n;
    size_t at = r->start;
    bool named = ir_lex_at_numbered(r, "v", &label);
    uintptr_t op = 0;
    memset(&i, 0, sizeof i);
    if (!r->any_block)
        ir_lex_fail(r, at, "an instruction stands in a block");
    if (named) {
        ir_lex_next(r);
        ir_lex_expect(r, '=', "'='");
    }
    if (r->tok == T_WORD)
        op = (uintptr_t)map_get(&r->ops, r->text + r->start, r->at - r->start);
    if (!op) {
        ir_lex_unexpected(r, "an operation");
    } else {
        i.op = (uint8_t)(op - 1);
        ir_lex_next(r);
        if (ir_lex_take(r, '.'))
            i.type = (uint8_t)type_word(r);
        switch (i.op) {
        case IR_LOAD: case IR_STORE: case IR_COPY: case IR_FILL: case IR_RMW: case IR_CAS: read_memory(r, &i); break;
        case IR_PHI: read_phi(r, &i); break;
        case IR_CALL: read_call(r, &i); break;
        case IR_SWITCH: read_switch(r, &i); break;
        case IR_JMP_IND: read_jmp_ind(r, &i); break;
        case IR_RET: read_ret(r, &i); break;
        default: read_operands(r, &i); break;
        }
        read_aux(r, &i);
        if (named && !r->bad && (ir_ops[i.op].result == '.' || (i.op == IR_CALL && i.type == IR_VOID)))
            ir_lex_fail(r, at, "'%s' gives no value", ir_ops[i.op].name);
    }
    if (named)
        define_value(r, label, at);
    if (r->bad) {               /* keeps the numbers of what follows */
        r->fixups.n = fixups;
        f->states.n = states;
        memset(&i, 0, sizeof i);
    }
    ir_append(f, (IrOp)i.op, (IrType)i.type, i.aux, i.a, i.b, i.c);
}

/* ---- functions ---- */

static void close_block(IrFn *f)
{
    if (f->cur != UINT32_MAX)
        f->blocks.p[f->cur].n = f->ins.n - f->blocks.p[f->cur].first;
    f->cur = UINT32_MAX;
}

static void read_block(IrReader *r)
{
    IrFn *f = r->f;
    size_t at = r->start;
    uint32_t b;
    r->any_block = true;
    b = block_ref(r);
    close_block(f);
    if (f->blocks.p[b].placed) {
        ir_lex_fail(r, at, "the block is defined twice");
        b = ir_block(f);        /* takes the instructions that follow */
        vec_push(r->arena, &r->block_locs, 0);
    }
    IrBlock *k = &f->blocks.p[b];
    k->placed = true;
    k->reach = IR_NAMED;
    k->first = f->ins.n;
    f->cur = b;
    vec_push(r->arena, &f->order, b);
    ir_lex_expect(r, ':', "':'");
    if (ir_lex_take_word(r, "depth"))
        k->loop_depth = (uint8_t)ir_lex_number(r, 255, "a loop depth");
    k->address_taken = ir_lex_take_word(r, "taken");
    if (r->tok == T_SYM && !r->sym)
        ir_lex_fail(r, r->start, "no such symbol is declared");
    if (r->tok == T_SYM) {
        k->sym = r->sym;
        ir_lex_next(r);
    }
}

static void read_slot(IrReader *r, uint32_t k)
{
    uint64_t size;
    unsigned flags, log2 = 0;
    IrType t = IR_VOID;
    if (k != r->f->slots.n)
        ir_lex_fail(r, r->start, "the next slot is slot%u", (unsigned)r->f->slots.n);
    if (r->any_block)
        ir_lex_fail(r, r->start, "slots stand before the first block");
    ir_lex_next(r);
    ir_lex_expect(r, ':', "':'");
    size = ir_lex_number(r, INT64_MAX, "a size");
    if (ir_lex_take_word(r, "align"))
        log2 = ir_lex_power_of_two(r, 31);
    if (ir_lex_word_in(r, ir_type_words, IR_TYPES) >= 0)
        t = type_word(r);
    flags = ir_lex_flag_words(r, ir_slot_words, countof(ir_slot_words));
    if (!r->bad)
        ir_slot(r->f, size, (uint32_t)1 << log2, flags, t);
}

static void read_contract(IrReader *r)
{
    IrContract c;
    if (r->any_block)
        ir_lex_fail(r, r->start, "a contract stands before the first block");
    ir_lex_next(r);
    c.id = (uint32_t)ir_lex_number(r, INT32_MAX, "a state");
    ir_lex_expect(r, ':', "':'");
    c.type = (uint8_t)type_word(r);
    c.reg = IR_IN_FRAME;
    if (ir_lex_take_word(r, "reg"))
        c.reg = (uint8_t)ir_lex_number(r, IR_IN_FRAME - 1, "a register");
    else if (!ir_lex_take_word(r, "frame"))
        ir_lex_unexpected(r, "'reg' or 'frame'");
    if (!r->bad)
        vec_push(r->arena, &r->f->contract, c);
}

/* sym @name flags */
static void read_sym(IrReader *r)
{
    ir_lex_next(r);
    if (r->tok != T_SYM) {
        ir_lex_unexpected(r, "a symbol");
        return;
    }
    if (r->sym_number >= 0 ? r->sym_number != r->unit->syms.n : r->sym != 0)
        ir_lex_fail(r, r->start, r->sym_number >= 0 ? "the next symbol is number %u" : "the symbol is declared already",
             (unsigned)r->unit->syms.n);
    const char *name = r->name;
    ir_lex_next(r);
    unsigned flags = ir_lex_flag_words(r, ir_sym_words, countof(ir_sym_words));
    if (!r->bad)
        ir_unit_sym(r->unit, name, flags, 0);
}

/* func @name(pieces) -> pieces flags inargs N { */
static void read_header(IrReader *r)
{
    IrFn *f;
    uint32_t sym;
    r->fn_loc = r->base + (SrcLoc)r->start;
    ir_lex_next(r);
    if (r->tok != T_SYM || (r->sym_number >= 0 && !r->sym)) {
        ir_lex_unexpected(r, "a declared symbol");
        return;
    }
    sym = r->sym ? r->sym : ir_unit_sym(r->unit, r->name, IR_SYM_FUNC, 0);
    ir_lex_next(r);
    f = r->f = ir_fn_new(r->host, r->arena, r->unit, sym);
    r->any_block = false;
    map_init(&r->vals, r->arena);
    map_init(&r->blocks, r->arena);
    r->block_locs.n = r->fixups.n = 0;
    ir_lex_expect(r, '(', "'('");
    f->first_param = f->pieces.n;
    if (r->tok != ')')
        do {
            IrPiece p = piece(r);
            vec_push(r->arena, &f->pieces, p);
            f->nparams++;
        } while (ir_lex_take(r, ','));
    ir_lex_expect(r, ')', "')'");
    piece_list(r, &f->first_result, &f->nresults);
    f->flags = ir_lex_flag_words(r, ir_fn_words, countof(ir_fn_words));
    if (ir_lex_take_word(r, "inargs"))
        f->inarg_size = (uint32_t)ir_lex_number(r, INT32_MAX, "a size");
    ir_lex_expect(r, '{', "'{'");
}

/* Values used before their lines get their references; every block and value named must be there. */
static void end_function(IrReader *r, IrText *out)
{
    IrFn *f = r->f;
    uint32_t i;
    close_block(f);
    for (i = 0; i < r->fixups.n; i++) {
        const Fixup *x = &r->fixups.p[i];
        IrRef v = (IrRef)(intptr_t)map_get_int(&r->vals, x->label);
        if (!v) {
            ir_lex_fail(r, x->loc - r->base, "v%u is not defined", (unsigned)x->label);
            r->bad = false;
            continue;
        }
        IrIns *ins = &f->ins.p[x->field < 3 ? x->at : 0];
        *(x->field == 0 ? &ins->a : x->field == 1 ? &ins->b : x->field == 2 ? &ins->c : &f->ops.p[x->at]) = v;
    }
    for (i = 0; i < f->blocks.n; i++)
        if (!f->blocks.p[i].placed) {
            ir_lex_fail(r, r->block_locs.p[i] - r->base, "the block is not defined");
            r->bad = false;
        }
    if (!r->any_block)
        ir_lex_fail(r, r->fn_loc - r->base, "the function has no block");
    vec_push(r->arena, &out->fns, f);
    r->f = NULL;
}

static void end_line(IrReader *r)
{
    if (!ir_lex_ended(r))
        ir_lex_unexpected(r, "the end of the line");
    while (r->at < r->n && r->text[r->at] != '\n')
        r->at++;
    if (r->at < r->n)
        r->at++;
    r->bad = false;
    ir_lex_next(r);
}

static void read_line(IrReader *r, IrText *out)
{
    uint32_t k;
    if (ir_lex_ended(r))
        return;
    if (!r->f) {
        if (ir_lex_at_word(r, "sym"))
            read_sym(r);
        else if (ir_lex_at_word(r, "func"))
            read_header(r);
        else
            ir_lex_unexpected(r, "'sym' or 'func'");
        return;
    }
    if (ir_lex_take(r, '}'))
        end_function(r, out);
    else if (ir_lex_at_numbered(r, "b", &k))
        read_block(r);
    else if (ir_lex_at_numbered(r, "slot", &k))
        read_slot(r, k);
    else if (ir_lex_at_word(r, "contract"))
        read_contract(r);
    else
        read_ins(r);
}

bool ir_read(Host *host, Arena *a, Diag *d, SrcMap *sm, const char *name, const char *text, size_t n, IrText *out)
{
    IrReader r;
    memset(out, 0, sizeof *out);
    out->unit = arena_new(a, IrUnit);
    ir_unit_init(out->unit, a);
    const SrcFile *file = src_add_file(sm, name, text, n, 0, false);
    if (!file) {
        diag_file(d, DIAG_ERROR, name, "the file is too long");
        return false;
    }
    memset(&r, 0, sizeof r);
    r.host = host;
    r.arena = a;
    r.diag = d;
    r.base = file->base;
    r.text = text;
    r.n = n;
    r.unit = out->unit;
    map_init(&r.ops, a);
    for (unsigned i = 0; i < IR_OPS; i++)
        *map_at(&r.ops, ir_ops[i].name, strlen(ir_ops[i].name)) = (void *)((uintptr_t)i + 1);
    ir_lex_next(&r);
    while (r.tok != T_EOF && !d->stopped) {
        read_line(&r, out);
        end_line(&r);
    }
    if (r.f && !d->stopped)
        ir_lex_fail(&r, r.fn_loc - r.base, "the function has no '}'");
    return !r.failed;
}
