/* subst: a macro's body with its arguments put in (C11 6.10.3.1 to 6.10.3.3). In: a definition and argument lists on the scratch
 * stack; out: the tokens of the expansion behind them. White space follows gcc exactly, for # shows it: see the pads below. */
#include "pp/internal.h"

/* ---- pads: the white space around expansions ----
 * gcc puts invisible tokens around what a macro or a parameter is replaced by: one with the white space of the name before it,
 * one without any behind it. Before a token the first of them decides, but one of a name without white space
 * gives way to a later one without a name. So a run of pads maps the three states before it to states behind it:
 * OPEN (the token's own white space decides), TIGHT (no white space) and WHITE, which stays. A map is one byte:
 * the image of OPEN, and that of TIGHT in the next two bits, xored so that 0 is the identity. A token keeps, in flags, the
 * answers for OPEN and TIGHT (TF_SPACE, TF_NEAR). */

static unsigned image(unsigned pads, unsigned state)
{
    enum { OPEN, TIGHT };
    return state == OPEN ? (pads ^ 4) & 3 : state == TIGHT ? (pads ^ 4) >> 2 : state;
}

unsigned pp_pad_then(unsigned first, unsigned then)
{
    if (!first || !then)
        return first | then;
    return (image(then, image(first, 0)) | image(then, image(first, 1)) << 2) ^ 4;
}

void pp_pad_token(unsigned pads, Token *t)
{
    unsigned f = t->flags;
    if (!(f & TF_PADDED))
        f |= TF_PADDED | (f & TF_SPACE ? TF_OWN : 0u);
    if (pads) {
        unsigned answers = (f & TF_SPACE ? 1u : 0) | (f & TF_NEAR ? 2u : 0) | 4u;
        f &= ~(unsigned)(TF_SPACE | TF_NEAR);
        f |= answers >> image(pads, 0) & 1 ? TF_SPACE : 0u;
        f |= answers >> image(pads, 1) & 1 ? TF_NEAR : 0u;
    }
    t->flags = (uint8_t)f;
}

unsigned pp_pad_name(const Token *t)
{
    return ((t->flags & TF_SPACE ? 2u : 1u) | (t->flags & TF_NEAR ? 2u : 1u) << 2) ^ 4;
}

/* ---- # and ## ---- */

/* 6.10.3.2 over n tokens of the scratch stack. */
static Token stringize(Pp *pp, uint32_t from, uint32_t n, SrcLoc loc)
{
    Buf *b = &pp->tmp;
    Token r;
    b->n = 0;
    buf_u8(b, '"');
    for (uint32_t i = 0; i < n; i++) {
        const Token *t = &pp->scratch.p[from + i];
        if (t->flags & (TF_SPACE | TF_BOL) && b->n > 1)
            buf_u8(b, ' ');
        if (t->kind == T_STRING || t->kind == T_CHAR || (t->kind == T_OTHER && t->n > 1)) {
            for (uint32_t k = 0; k < t->n; k++) {
                if (t->u.text[k] == '"' || t->u.text[k] == '\\')
                    buf_u8(b, '\\');
                buf_u8(b, (uint8_t)t->u.text[k]);
            }
        } else {
            pp_spell(b, t);
        }
    }
    uint32_t slashes = 0;
    while (slashes < b->n && b->p[b->n - 1 - slashes] == '\\')
        slashes++;
    if (slashes & 1) {
        diag_at(pp->diag, DIAG_WARNING, W_NONE, loc, 0, "invalid string literal, ignoring final '\\'");
        b->n--;
    }
    buf_u8(b, '"');
    memset(&r, 0, sizeof r);
    r.kind = T_STRING;
    r.flags = TF_EXPANDED;
    r.loc = loc;
    r.n = (uint32_t)b->n;
    r.u.text = arena_strndup(pp->unit, (const char *)b->p, b->n);
    return r;
}

/* 6.10.3.3: *left becomes left ## right. False when that is no token; then both stay. */
static bool paste(Pp *pp, Token *left, const Token *right, SrcLoc loc)
{
    if (right->kind == T_PLACEMARKER)
        return true;
    if (left->kind == T_PLACEMARKER) {
        unsigned pads = left->pad2;
        *left = *right;
        pp_pad_token(pads, left);
        return true;
    }
    Token t;
    pp->tmp.n = 0;
    pp_spell(&pp->tmp, left);
    pp_spell(&pp->tmp, right);
    size_t n = pp->tmp.n;
    bool slashes = left->kind == T_SLASH && (right->kind == T_SLASH || right->kind == T_STAR);
    char *s = arena_strndup(pp->unit, (const char *)pp->tmp.p, n);
    if (slashes || !pp_lex_whole(pp, s, n, loc, &t)) {
        if (!pp->opt.assembler) {
            Buf b;
            buf_init(&b, pp->unit);
            pp_spell(&b, left);
            uint32_t k = (uint32_t)b.n;
            pp_spell(&b, right);
            diag_error(pp->diag, loc, "pasting \"%.*s\" and \"%.*s\" does not give a valid preprocessing token", (int)k,
                       (const char *)b.p, (int)(b.n - k), (const char *)b.p + k);
        }
        return false;
    }
    t.flags = (uint8_t)((left->flags & (TF_SPACE | TF_NEAR | TF_OWN | TF_PADDED)) | TF_EXPANDED);
    *left = t;
    return true;
}

/* ---- substitution ---- */

typedef struct Subst {
    Pp *pp;
    const Macro *m;
    uint32_t args, start;      /* argument lists; first token made */
    SrcLoc delta;
    unsigned pads;             /* since the last token made */
    unsigned before;           /* those before it */
    bool pend;                 /* ## stands before what comes next */
    bool glue;                 /* the same, and still true where GNU's `, ## rest` does not paste */
    bool opened;               /* __VA_OPT__( stands right before */
    bool marks;                /* a placemarker was made */
    bool rest_omitted;
} Subst;

static void put(Subst *s, const Token *t, bool paste_it, SrcLoc loc)
{
    Pp *pp = s->pp;
    if (paste_it && pp->scratch.n > s->start && paste(pp, &vec_last(&pp->scratch), t, loc)) {
        s->pads = 0;
        return;
    }
    Token c = *t;
    pp_pad_token(s->pads, &c);
    s->before = s->pads;
    s->pads = 0;
    vec_push(pp->unit, &pp->scratch, c);
}

/* A placemarker holds the pads before it, and gives them to the next token when it is dropped. */
static void put_mark(Subst *s, bool paste_it)
{
    Token t;
    memset(&t, 0, sizeof t);
    t.kind = T_PLACEMARKER;
    t.pad2 = s->pads;
    s->pads = 0;
    s->marks = true;
    put(s, &t, paste_it, 0);
}

/* The white space of a parameter or __VA_OPT__ in the body goes before what replaces it, unless that is pasted. */
static void pad_left(Subst *s, const Token *b)
{
    if (b != s->m->body && !s->glue && !s->opened)
        s->pads = pp_pad_then(s->pads, b->flags & TF_SPACE ? PAD_WHITE : PAD_TIGHT);
}

static void pad_right(Subst *s, const Token *b)
{
    if (!(b->pad2 & BODY_PASTE))
        s->pads = pp_pad_then(s->pads, PAD_END);
}

static void put_list(Subst *s, uint32_t from, uint32_t n, SrcLoc loc)
{
    for (uint32_t i = 0; i < n; i++) {
        Token t = s->pp->scratch.p[from + i];
        put(s, &t, !i && s->pend, loc);
    }
}

static void put_param(Subst *s, const Token *b)
{
    Pp *pp = s->pp;
    uint32_t arg = s->args + b->pad;
    SrcLoc loc = b->loc + s->delta;
    const Arg *a = &pp->args.p[arg];
    pad_left(s, b);
    if (b->pad2 & BODY_STR) {
        Token t = stringize(pp, a->raw, a->raw_n, loc);
        put(s, &t, s->pend, loc);
    } else if (s->pend || b->pad2 & BODY_PASTE) {
        /* GNU: `, ## rest` drops the comma when the rest was left out, and pastes nothing. */
        if (s->pend && s->m->variadic && b->pad + 1u == s->m->nparams && pp->scratch.n > s->start
            && vec_last(&pp->scratch).kind == T_COMMA) {
            s->pend = false;
            if (s->rest_omitted) {
                pp->scratch.n--;
                s->pads = pp_pad_then(s->before, s->pads);
                if (b->pad2 & BODY_PASTE)
                    put_mark(s, false);
                pad_right(s, b);
                return;
            }
        }
        if (!a->raw_n)
            put_mark(s, s->pend);
        else
            put_list(s, a->raw, a->raw_n, loc);
    } else {
        pp_expand_arg(pp, arg);
        a = &pp->args.p[arg];
        put_list(s, a->exp, a->exp_n, loc);
        s->pads = pp_pad_then(s->pads, a->tail);
    }
    pad_right(s, b);
}

/* __VA_OPT__( in the body: *i goes to what comes next. Without a rest the group is passed over. */
static void open_group(Subst *s, uint32_t *i)
{
    Pp *pp = s->pp;
    const Token *b = &s->m->body[*i];
    uint32_t rest = s->args + s->m->nparams - 1;
    pad_left(s, b);
    pp_expand_arg(pp, rest);
    if (pp->args.p[rest].exp_n) {
        s->opened = true;
        if (b->pad2 & BODY_STR)
            put_mark(s, false);
        return;
    }
    while (!(s->m->body[*i].pad2 & BODY_OPT_END))
        ++*i;
    if (b->pad2 & BODY_STR) {
        Token t = stringize(pp, pp->scratch.n, 0, b->loc + s->delta);
        put(s, &t, s->pend, t.loc);
    } else {
        put_mark(s, s->pend);
    }
    pad_right(s, &s->m->body[*i]);
    s->pend = (s->m->body[*i].pad2 & BODY_PASTE) != 0;
}

/* The group's ): its tokens lie from `from` on. */
static void close_group(Subst *s, const Token *opt, const Token *b, uint32_t from)
{
    Pp *pp = s->pp;
    s->pads = 0;
    if (opt->pad2 & BODY_STR) {
        Token t = stringize(pp, from, pp->scratch.n - from, b->loc + s->delta);
        pp->scratch.n = from - 1;
        s->pads = pp->scratch.p[from - 1].pad2;
        put(s, &t, false, t.loc);
    } else if (pp->scratch.n == from) {
        put_mark(s, s->pend);
    }
    pad_right(s, b);
    s->pend = (b->pad2 & BODY_PASTE) != 0;
}

/* Takes the placemarkers out. */
static void drop_marks(Subst *s)
{
    Token *p = s->pp->scratch.p;
    uint32_t k = s->start;
    unsigned pads = 0;
    for (uint32_t i = s->start; i < s->pp->scratch.n; i++) {
        if (p[i].kind == T_PLACEMARKER) {
            pads = pp_pad_then(pads, p[i].pad2);
        } else {
            p[k] = p[i];
            pp_pad_token(pads, &p[k++]);
            pads = 0;
        }
    }
    s->pp->scratch.n = k;
    s->pads = pp_pad_then(pads, s->pads);
}

uint32_t pp_substitute(Pp *pp, const Macro *m, uint32_t args, SrcLoc delta, bool rest_omitted, unsigned *tail)
{
    Subst s;
    uint32_t from = 0;
    const Token *opt = NULL;
    memset(&s, 0, sizeof s);
    s.pp = pp;
    s.m = m;
    s.args = args;
    s.delta = delta;
    s.rest_omitted = rest_omitted;
    for (uint32_t k = 0; k < m->n; k++) { /* expanded beforehand, so that what is built lies in one piece */
        const Token *b = &m->body[k];
        if (b->pad2 & BODY_OPT)
            pp_expand_arg(pp, args + m->nparams - 1u);
        else if (b->pad2 & BODY_PARAM && !(b->pad2 & (BODY_STR | BODY_PASTE)) && !(k && m->body[k - 1].pad2 & BODY_PASTE))
            pp_expand_arg(pp, args + b->pad);
    }
    s.start = pp->scratch.n;
    for (uint32_t i = 0; i < m->n; i++) {
        const Token *b = &m->body[i];
        s.glue = s.pend;
        if (b->pad2 & BODY_OPT) {
            open_group(&s, &i);
            opt = b;
            from = pp->scratch.n;
            continue;
        }
        if (b->pad2 & BODY_OPT_END) {
            close_group(&s, opt, b, from);
        } else if (b->pad2 & BODY_PARAM) {
            put_param(&s, b);
        } else {
            Token t = *b;
            t.pad = 0;
            t.pad2 = 0;
            t.loc += delta;
            t.flags |= TF_EXPANDED;
            put(&s, &t, s.pend, t.loc);
        }
        s.opened = false;
        s.pend = (b->pad2 & BODY_PASTE) != 0;
    }
    if (s.marks)
        drop_marks(&s);
    *tail = s.pads;
    return s.start;
}
