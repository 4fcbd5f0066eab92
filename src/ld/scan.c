/* scan.c: relocations, twice. ld_scan, before layout, finds what they need (slots of .got, entries for ifuncs) and tells of
 * undefined symbols; ld_relocate, with all addresses final, fills the places. What a relocation means is the target's. */
#include "ld/ld_int.h"

enum { MAX_REPORTS = 3 };      /* undefined references told per symbol */

/* ---- messages ---- */

/* The function around a place, as far as the symbols tell. */
static const LdSym *function_at(const LdFile *f, const LdSec *s, uint64_t off)
{
    const LdSym *best = NULL;
    uint32_t i;
    for (i = 1; i < f->obj->syms.n; i++) {
        const ObjSym *o = &f->obj->syms.p[i];
        if (o->sec && o->sec < OBJ_SEC_ABS && &f->secs[o->sec] == s && o->name_n && o->value <= off &&
            !(o->bind == STB_LOCAL && strncmp(o->name, ".L", 2) == 0) &&
            (o->type == STT_FUNC || o->type == STT_GNU_IFUNC || (o->type == STT_NOTYPE && s->o->flags & SHF_EXECINSTR)) &&
            (!o->size || off - o->value < o->size) && (!best || o->value >= best->value))
            best = f->syms[i]->local || f->syms[i]->sec == s ? f->syms[i] : best;
    }
    return best;
}

static const char *where(Ld *l, const LdSec *s, uint64_t off)
{
    const LdSym *f = function_at(s->file, s, off);
    if (f)
        return arena_fmt(l->a, "in function `%s'", f->name);
    return arena_fmt(l->a, "in section %s+0x%llx", s->o->name, (unsigned long long)off);
}

static void error_at(Ld *l, const LdSec *s, uint64_t off, const char *what, const RelocInfo *r, const LdSym *sym)
{
    const char *name = sym->name_n ? sym->name : sym->sec ? sym->sec->o->name : "";
    diag_file(l->d, DIAG_ERROR, s->file->name, "%s: %s: %s against `%s' at %s+0x%llx", where(l, s, off), what, r->name, name,
              s->o->name, (unsigned long long)off);
}

static void undefined(Ld *l, const LdSec *s, uint64_t off, LdSym *sym)
{
    DiagKind kind = l->opt->allow_undefined ? DIAG_WARNING : DIAG_ERROR;
    if (sym->reports > MAX_REPORTS)
        return;
    if (sym->reports++ == MAX_REPORTS)
        diag_file(l->d, DIAG_NOTE, s->file->name, "more undefined references to `%s' follow", sym->name);
    else
        diag_file(l->d, kind, s->file->name, "%s: undefined reference to `%s'%s", where(l, s, off), sym->name,
                  sym->vis == STV_HIDDEN || sym->vis == STV_INTERNAL ? " (hidden)" : "");
}

/* ---- one place ---- */

static LdPlace make_place(const Ld *l, const LdSec *s, const LdSym *sym, const ObjReloc *r, const RelocInfo *info)
{
    LdPlace pl;
    const ObjReloc *end = s->o->relocs.p + s->o->relocs.n;
    memset(&pl, 0, sizeof pl);
    pl.r = info;
    pl.sec = s->o->data.p;
    pl.n = s->o->data.n;
    pl.offset = r->offset;
    pl.a = r->addend;
    pl.undef_weak = sym->state == LDSYM_UNDEF;
    pl.movable = l->near_image && sym->state == LDSYM_DEFINED && (sym->provided || (sym->sec && !sym->sec->discarded));
    pl.alloc = (s->o->flags & SHF_ALLOC) != 0;
    if (r + 1 < end && r[1].offset >= r->offset && r[1].offset - r->offset < 16) {
        pl.next = reloc_info(l->tl, r[1].type);
        pl.next_offset = r[1].offset;
    }
    return pl;
}

static bool is_tls_class(unsigned cls)
{
    return cls >= REL_TPOFF && cls <= REL_TLS_DESC_CALL;
}

static bool takes_address(unsigned cls)
{
    return cls != REL_NONE && cls != REL_HINT && cls != REL_ALIGN && cls != REL_SIZE && cls != REL_GOT_BASE_PC && !is_tls_class(cls);
}

/* ---- before layout ---- */

static void need_slot(Ld *l, LdSym *s, uint32_t *number, unsigned kind)
{
    LdSlot slot;
    if (*number)
        return;
    slot.sym = s;
    slot.kind = (uint8_t)kind;
    vec_push(l->a, &l->slots, slot);
    *number = l->slots.n;
}

static void need_pair(Ld *l, LdSym *s)
{
    uint32_t second = 0;
    if (s->tlspair)
        return;
    need_slot(l, s, &s->tlspair, SLOT_MODULE);
    need_slot(l, s, &second, SLOT_DTPOFF);
}

static void need_plt(Ld *l, LdSym *s)
{
    uint32_t slot = 0;
    if (s->plt)
        return;
    vec_push(l->a, &l->ifuncs, s);
    s->plt = l->ifuncs.n;
    need_slot(l, s, &slot, SLOT_IFUNC);
}

static bool check_reloc(Ld *l, const LdSec *s, const ObjReloc *r, const RelocInfo *info, const LdSym *sym)
{
    if (!info) {
        diag_file(l->d, DIAG_ERROR, s->file->name, "section %s: unknown relocation type %u at 0x%llx", s->o->name,
                  (unsigned)r->type, (unsigned long long)r->offset);
        return false;
    }
    if (info->cls == REL_DYNAMIC) {
        diag_file(l->d, DIAG_ERROR, s->file->name, "section %s: relocation %s is for dynamic linking only", s->o->name,
                  info->name);
        return false;
    }
    if (r->offset + info->size > s->o->data.n) {
        diag_file(l->d, DIAG_ERROR, s->file->name, "section %s: relocation %s at 0x%llx lies outside", s->o->name, info->name,
                  (unsigned long long)r->offset);
        return false;
    }
    if (sym->type == STT_TLS && (s->o->flags & SHF_ALLOC) && takes_address(info->cls)) {
        error_at(l, s, r->offset, "address of a thread-local symbol", info, sym);
        return false;
    }
    if (sym->state == LDSYM_DEFINED && is_tls_class(info->cls) && info->cls != REL_TLS_LD && sym->type != STT_TLS &&
        !(sym->sec && sym->sec->o && sym->sec->o->flags & SHF_TLS) && !(sym->sec && sym->sec->discarded)) {
        error_at(l, s, r->offset, "thread-local access to an ordinary symbol", info, sym);
        return false;
    }
    return true;
}

/* A local reference into a section that another copy of its group replaced: only tables that follow code may have one. */
static bool may_refer_to_discarded(const LdSec *s)
{
    return !(s->o->flags & SHF_ALLOC) || strcmp(s->o->name, ".eh_frame") == 0 ||
           strncmp(s->o->name, ".gcc_except_table", 17) == 0;
}

static void scan_section(Ld *l, LdSec *s)
{
    uint32_t i;
    for (i = 0; i < s->o->relocs.n && !l->d->stopped; i++) {
        const ObjReloc *r = &s->o->relocs.p[i];
        const RelocInfo *info = reloc_info(l->tl, r->type);
        LdSym *sym = s->file->syms[r->sym];
        LdPlace pl;
        unsigned need;
        if (s->pieces && ld_piece_offset(s, r->offset) == PIECE_DROPPED)
            continue;
        if (!check_reloc(l, s, r, info, sym))
            continue;
        sym->referenced = true;
        l->need_gotbase |= sym == l->got_symbol;
        if (sym->warning && sym->file != s->file) {
            diag_file(l->d, DIAG_WARNING, s->file->name, "%s: %s", where(l, s, r->offset), sym->warning);
            sym->warning = NULL;
        }
        if (sym->state == LDSYM_UNDEF && !sym->weak && info->cls != REL_NONE && info->cls != REL_HINT) {
            undefined(l, s, r->offset, sym);
            continue;
        }
        if (sym->sec && sym->sec->discarded && sym->local && !may_refer_to_discarded(s))
            error_at(l, s, r->offset, "reference to a discarded section", info, sym);
        if (sym->type == STT_GNU_IFUNC && sym->state == LDSYM_DEFINED && (s->o->flags & SHF_ALLOC) && takes_address(info->cls))
            need_plt(l, sym);
        pl = make_place(l, s, sym, r, info);
        need = l->tl->needs(&pl);
        if (need & LD_NEED_GOT)
            need_slot(l, sym, &sym->got, SLOT_ADDRESS);
        if (need & LD_NEED_TPSLOT)
            need_slot(l, sym, &sym->tpslot, SLOT_TPOFF);
        if (need & LD_NEED_TLSPAIR)
            need_pair(l, sym);
        if (need & LD_NEED_GOTBASE)
            l->need_gotbase = true;
        if (need & LD_NEED_BAD)
            error_at(l, s, r->offset, "not a code sequence the psABI knows", info, sym);
        if (need & LD_NEED_SKIP_NEXT)
            i++;
    }
}

/* The extent of everything loaded, roughly: relaxation must not make distances that do not fit. */
static bool image_is_near(const Ld *l)
{
    uint64_t total = 0;
    uint32_t i, k;
    for (i = 0; i < l->outs.n; i++)
        for (k = 0; k < l->outs.p[i]->in.n && l->outs.p[i]->flags & SHF_ALLOC; k++) {
            total += l->outs.p[i]->in.p[k]->size + l->outs.p[i]->in.p[k]->align;
            if (total > (uint64_t)1 << 30)
                return false;
        }
    return true;
}

void ld_scan(Ld *l)
{
    uint32_t i, k;
    l->near_image = image_is_near(l);
    for (i = 0; i < l->files.n; i++)
        for (k = 1; k < l->files.p[i]->obj->secs.n; k++)
            if (l->files.p[i]->secs[k].out)
                scan_section(l, &l->files.p[i]->secs[k]);
    if (l->slots.n || l->need_gotbase) {
        l->got = ld_make_section(l, ".got", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE, 8);
        l->got->size = l->tl->got_header + (uint64_t)l->slots.n * 8;
        l->got->out->keep = true;
        l->got->out->entsize = 8;
    }
    if (l->ifuncs.n) {
        l->plt = ld_make_section(l, ".plt", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, 16);
        l->plt->size = (uint64_t)l->ifuncs.n * l->tl->plt_size;
        l->rela = ld_make_section(l, ".rela.plt", SHT_RELA, SHF_ALLOC, 8);
        l->rela->size = (uint64_t)l->ifuncs.n * RELA_SIZE;
        l->rela->out->entsize = RELA_SIZE;
    }
}

/* ---- after layout ---- */

static uint64_t slot_address(const Ld *l, uint32_t number)
{
    return number ? l->got->out->addr + l->got->off + l->tl->got_header + (uint64_t)(number - 1) * 8 : 0;
}

/* Of the slot that a relocation of this class asked for. */
static uint64_t slot_of(const Ld *l, unsigned cls, const LdSym *sym)
{
    return slot_address(l, cls == REL_TLS_IE ? sym->tpslot : cls == REL_TLS_GD ? sym->tlspair : sym->got);
}

/* A section symbol's addend selects the element of a merged section, the place of a relaxed one; of other symbols it counts
 * from the element. */
static uint64_t target_address(const Ld *l, const LdSym *sym, LdPlace *pl)
{
    if (sym->type == STT_SECTION && sym->sec && (sym->sec->pieces || sym->sec->cuts)) {
        uint64_t v = ld_place(sym->sec, sym->value + (uint64_t)pl->a);
        return v - (uint64_t)pl->a;
    }
    return pl->alloc ? ld_address(l, sym) : ld_definition(l, sym);
}

uint64_t ld_target_address(const Ld *l, const LdSec *s, const ObjReloc *r, int64_t addend)
{
    LdPlace pl;
    memset(&pl, 0, sizeof pl);
    pl.a = addend;
    pl.alloc = (s->o->flags & SHF_ALLOC) != 0;
    return target_address(l, s->file->syms[r->sym], &pl) + (uint64_t)addend;
}

/* What debug data has for code that is not there; 0 would end a list of ranges. */
static uint64_t tombstone(const LdSec *s)
{
    return strcmp(s->o->name, ".debug_ranges") == 0 || strcmp(s->o->name, ".debug_loc") == 0 ? 1 : 0;
}

static bool is_gone(const LdSym *sym)
{
    return sym->sec && !sym->sec->out && !(sym->sec->pieces && sym->sec->carrier->out);
}

/* Of a relocation that others take the low part of. */
static bool is_upper(unsigned cls)
{
    return cls == REL_PC || cls == REL_GOT_PC || cls == REL_TLS_IE || cls == REL_TLS_GD || cls == REL_TLS_DESC;
}

/* What the PC-relative relocation at label `sym` of section s computes; relocation i, near it as a rule, wants its low part. */
static bool upper_value(Ld *l, const LdSec *s, uint32_t i, const LdSym *sym, uint64_t *v)
{
    const ObjReloc *p = s->o->relocs.p;
    uint32_t n = s->o->relocs.n, k;
    if (sym->sec != s)
        return false;
    /* First backwards: the two halves of the search cover everything once. */
    for (k = 1; k <= n; k++) {
        const ObjReloc *r = &p[(i + n - k) % n];
        const RelocInfo *info = reloc_info(l->tl, r->type);
        LdSym *to = s->file->syms[r->sym];
        if (r->offset != sym->value || !info || !is_upper(info->cls))
            continue;
        if (info->cls == REL_PC || info->cls == REL_TLS_DESC)
            *v = ld_target_address(l, s, r, r->addend);
        else
            *v = slot_of(l, info->cls, to) + (uint64_t)r->addend;
        if (info->cls != REL_TLS_DESC && !(info->cls == REL_PC && to->state == LDSYM_UNDEF))
            *v -= ld_place(s, r->offset);   /* nothing is at 0, from wherever: the target knows too */
        return true;
    }
    return false;
}

/* Relocation i of a relaxed section as it is now: another kind, and a lower part has the symbol of its upper one. False: it is gone. */
static bool relaxed(const LdSec *s, uint32_t i, ObjReloc *r)
{
    const LdFix *f = &s->fixes[i];
    if (f->rewritten && f->upper) {
        r->sym = s->o->relocs.p[f->upper - 1].sym;
        r->addend = s->o->relocs.p[f->upper - 1].addend;
    }
    if (f->rewritten)
        r->type = f->type;
    return !f->rewritten || f->keep;
}

void ld_relocate(Ld *l, LdSec *s, uint8_t *p)
{
    const LdSec *home = s->pieces ? s->carrier : s;
    uint64_t address = home->out->addr + home->off;
    uint32_t i;
    for (i = 0; i < s->o->relocs.n; i++) {
        ObjReloc r = s->o->relocs.p[i];
        const RelocInfo *info;
        LdSym *sym;
        LdPlace pl;
        const char *wrong;
        bool skip;
        if (s->fixes && !relaxed(s, i, &r))
            continue;
        info = reloc_info(l->tl, r.type);
        sym = s->file->syms[r.sym];
        if (!info || info->cls == REL_NONE || info->cls == REL_HINT || info->cls == REL_ALIGN)
            continue;                       /* an unknown one was refused, unless its record was dropped */
        pl = make_place(l, s, sym, &s->o->relocs.p[i], info);
        pl.a = r.addend;
        if (s->cuts) {
            pl.offset = ld_cut_offset(s, r.offset);
            pl.n = s->size;
        }
        if (s->pieces) {
            pl.offset = ld_piece_offset(s, r.offset);
            if (pl.offset == PIECE_DROPPED)
                continue;
            pl.n = home->size;
            pl.next = NULL;
        }
        pl.sec = p;
        pl.p = address + pl.offset;
        pl.s = target_address(l, sym, &pl);
        if (info->cls == REL_PLT && s->island && !pl.undef_weak && !l->tl->in_reach(pl.p, pl.s + (uint64_t)pl.a)) {
            uint64_t at = ld_veneer(l, s, sym, pl.a);
            pl.s = at ? at - (uint64_t)pl.a : pl.s;
        }
        pl.size = sym->size;
        pl.slot = slot_of(l, info->cls, sym);
        pl.got = l->got ? l->got->out->addr : 0;
        pl.tls = l->tls;
        pl.tp = l->tp;
        pl.gp = l->gp ? ld_definition(l, l->gp) : 0;
        if (is_gone(sym) && !pl.alloc) {
            pl.s = 0;
            pl.a = (int64_t)tombstone(s);
            pl.undef_weak = true;
        }
        if (info->cls == REL_PCREL_LO) {
            if (!upper_value(l, s, i, sym, &pl.s)) {
                error_at(l, s, r.offset, "no upper part belongs to this", info, sym);
                continue;
            }
        }
        skip = (info->cls == REL_TLS_GD || info->cls == REL_TLS_LD) && l->tl->needs(&pl) & LD_NEED_SKIP_NEXT;
        wrong = l->tl->apply(&pl);
        if (wrong)
            error_at(l, s, r.offset, wrong, info, sym);
        if (skip)
            i++;
    }
}

static uint64_t offset_in_block(const Ld *l, const LdSym *s, uint64_t from)
{
    return s->state == LDSYM_UNDEF ? 0 : ld_definition(l, s) - from;
}

void ld_fill_tables(Ld *l)
{
    uint8_t *p;
    uint32_t i;
    if (l->got) {
        p = ld_out_bytes(l, l->got) + l->tl->got_header;
        for (i = 0; i < l->slots.n; i++) {
            const LdSlot *slot = &l->slots.p[i];
            if (slot->kind == SLOT_ADDRESS)
                put_u64(p + 8 * (size_t)i, ld_address(l, slot->sym));
            else if (slot->kind == SLOT_TPOFF)
                put_u64(p + 8 * (size_t)i, offset_in_block(l, slot->sym, l->tp));
            else if (slot->kind == SLOT_MODULE)
                put_u64(p + 8 * (size_t)i, 1);  /* an executable is the first module */
            else if (slot->kind == SLOT_DTPOFF)
                put_u64(p + 8 * (size_t)i, offset_in_block(l, slot->sym, l->tls + l->tl->dtp_offset));
            if (slot->kind == SLOT_IFUNC) {
                uint64_t at = slot_address(l, i + 1);
                uint32_t n = slot->sym->plt - 1;
                uint8_t *rela = ld_out_bytes(l, l->rela) + (size_t)n * RELA_SIZE;
                l->tl->plt_entry(ld_out_bytes(l, l->plt) + (size_t)n * l->tl->plt_size, ld_address(l, slot->sym), at);
                put_u64(rela, at);
                put_u64(rela + 8, l->tl->irelative);
                put_u64(rela + 16, ld_definition(l, slot->sym));
            }
        }
    }
}
