/* interp: runs bytecode. In: a machine and the code to start with; out: how it was left, the states in the frame. The one idea: a flat
 * switch over what guests do all the time, with the frame and the place in locals; everything else, and an access that the cache of
 * pages does not answer, goes through ir_bc_slow. Values of 64 bits and those kept sign-extended share their operations (code.h). */
#include "ir/code.h"

enum { FRAME_MIN = 512 };

/* The frame has at least n words. What it had stays; the rest is 0. */
static void grow_frame(IrMachine *m, uint32_t n)
{
    uint32_t want = m->nframe > FRAME_MIN / 2 ? m->nframe * 2 : FRAME_MIN;
    while (want < n)
        want *= 2;
    m->frame = arena_grow(m->arena, m->frame, m->nframe * sizeof *m->frame, want * sizeof *m->frame);
    memset(m->frame + m->nframe, 0, (want - m->nframe) * sizeof *m->frame);
    m->nframe = want;
}

/* The states become what the map of instruction `at` says. */
static void restore_states(uint64_t *frame, const IrCode *c, uint32_t at)
{
    uint32_t lo = 0, hi = c->nmaps, k;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (c->maps[mid].at < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == c->nmaps || c->maps[lo].at != at)
        return;
    const IrBcMove *v = c->moves + c->maps[lo].first;
    for (k = 0; k < c->maps[lo].n; k++)
        frame[c->spare + k] = v[k].from == IR_BC_IMM ? (uint64_t)v[k].imm : frame[v[k].from];
    for (k = 0; k < c->maps[lo].n; k++)
        frame[v[k].to] = frame[c->spare + k];
}

static int32_t find_case(const IrBcCase *k, uint32_t n, int64_t v)
{
    uint32_t lo = 0, hi = n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (k[mid].hi < v)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && k[lo].lo <= v ? k[lo].y : k[n].y;
}

IrLeave ir_run(IrMachine *m, IrCode *c)
{
    uint64_t budget = m->budget, at;
    const IrMemory *mem = m->mem;
    const struct IrTlb *e;
    IrLeave how;
    if (c->nwords > m->nframe)
        grow_frame(m, c->nwords);
    uint64_t *R = m->frame;
    const IrBc *i = c->code;
    IrCode *to;
    m->units += c->cost + budget;          /* less the budget that is left */
    for (;;) {
        switch (i->op) {
        case BC_MOV: R[i->d] = R[i->a]; i++; continue;
        case BC_LDI: R[i->d] = (uint64_t)i->u.imm; i++; continue;
        case BC_ADD: R[i->d] = R[i->a] + R[i->b]; i++; continue;
        case BC_SUB: R[i->d] = R[i->a] - R[i->b]; i++; continue;
        case BC_MUL: R[i->d] = R[i->a] * R[i->b]; i++; continue;
        case BC_AND: R[i->d] = R[i->a] & R[i->b]; i++; continue;
        case BC_OR: R[i->d] = R[i->a] | R[i->b]; i++; continue;
        case BC_XOR: R[i->d] = R[i->a] ^ R[i->b]; i++; continue;
        case BC_SHL: R[i->d] = R[i->a] << (R[i->b] & 63); i++; continue;
        case BC_LSHR: R[i->d] = R[i->a] >> (R[i->b] & 63); i++; continue;
        case BC_ASHR: R[i->d] = (uint64_t)((int64_t)R[i->a] >> (R[i->b] & 63)); i++; continue;
        case BC_ADDI: R[i->d] = R[i->a] + (uint64_t)i->u.imm; i++; continue;
        case BC_MULI: R[i->d] = R[i->a] * (uint64_t)i->u.imm; i++; continue;
        case BC_ANDI: R[i->d] = R[i->a] & (uint64_t)i->u.imm; i++; continue;
        case BC_ORI: R[i->d] = R[i->a] | (uint64_t)i->u.imm; i++; continue;
        case BC_XORI: R[i->d] = R[i->a] ^ (uint64_t)i->u.imm; i++; continue;
        case BC_SHLI: R[i->d] = R[i->a] << i->u.imm; i++; continue;
        case BC_LSHRI: R[i->d] = R[i->a] >> i->u.imm; i++; continue;
        case BC_ASHRI: R[i->d] = (uint64_t)((int64_t)R[i->a] >> i->u.imm); i++; continue;
        case BC_ADDW: R[i->d] = (uint64_t)(int64_t)(int32_t)((uint32_t)R[i->a] + (uint32_t)R[i->b]); i++; continue;
        case BC_SUBW: R[i->d] = (uint64_t)(int64_t)(int32_t)((uint32_t)R[i->a] - (uint32_t)R[i->b]); i++; continue;
        case BC_MULW: R[i->d] = (uint64_t)(int64_t)(int32_t)((uint32_t)R[i->a] * (uint32_t)R[i->b]); i++; continue;
        case BC_SHLW: R[i->d] = (uint64_t)(int64_t)(int32_t)((uint32_t)R[i->a] << (R[i->b] & 31)); i++; continue;
        case BC_LSHRW: R[i->d] = (uint64_t)(int64_t)(int32_t)((uint32_t)R[i->a] >> (R[i->b] & 31)); i++; continue;
        case BC_ASHRW: R[i->d] = (uint64_t)(int64_t)((int32_t)R[i->a] >> (R[i->b] & 31)); i++; continue;
        case BC_ADDWI: R[i->d] = (uint64_t)(int64_t)(int32_t)((uint32_t)R[i->a] + (uint32_t)i->u.imm); i++; continue;
        case BC_MULWI: R[i->d] = (uint64_t)(int64_t)(int32_t)((uint32_t)R[i->a] * (uint32_t)i->u.imm); i++; continue;
        case BC_SHLWI: R[i->d] = (uint64_t)(int64_t)(int32_t)((uint32_t)R[i->a] << i->u.imm); i++; continue;
        case BC_LSHRWI: R[i->d] = (uint64_t)(int64_t)(int32_t)((uint32_t)R[i->a] >> i->u.imm); i++; continue;
        case BC_ASHRWI: R[i->d] = (uint64_t)(int64_t)((int32_t)R[i->a] >> i->u.imm); i++; continue;
        case BC_NEG: R[i->d] = 0 - R[i->a]; i++; continue;
        case BC_NEGW: R[i->d] = (uint64_t)(int64_t)(int32_t)(0 - (uint32_t)R[i->a]); i++; continue;
        case BC_NOT: R[i->d] = ~R[i->a]; i++; continue;
        case BC_SEXT8: R[i->d] = (uint64_t)(int64_t)(int8_t)R[i->a]; i++; continue;
        case BC_SEXT16: R[i->d] = (uint64_t)(int64_t)(int16_t)R[i->a]; i++; continue;
        case BC_SEXT32: R[i->d] = (uint64_t)(int64_t)(int32_t)R[i->a]; i++; continue;
        case BC_ZEXT8: R[i->d] = (uint8_t)R[i->a]; i++; continue;
        case BC_ZEXT16: R[i->d] = (uint16_t)R[i->a]; i++; continue;
        case BC_ZEXT32: R[i->d] = (uint32_t)R[i->a]; i++; continue;
        case BC_INDEX: R[i->d] = R[i->a] + R[i->b] * (uint64_t)i->u.imm; i++; continue;
        case BC_SELECT: R[i->d] = R[R[i->a] ? i->b : (uint16_t)i->u.n.x]; i++; continue;
        case BC_EQ: R[i->d] = R[i->a] == R[i->b]; i++; continue;
        case BC_NE: R[i->d] = R[i->a] != R[i->b]; i++; continue;
        case BC_SLT: R[i->d] = (int64_t)R[i->a] < (int64_t)R[i->b]; i++; continue;
        case BC_SGE: R[i->d] = (int64_t)R[i->a] >= (int64_t)R[i->b]; i++; continue;
        case BC_SLE: R[i->d] = (int64_t)R[i->a] <= (int64_t)R[i->b]; i++; continue;
        case BC_SGT: R[i->d] = (int64_t)R[i->a] > (int64_t)R[i->b]; i++; continue;
        case BC_ULT: R[i->d] = R[i->a] < R[i->b]; i++; continue;
        case BC_UGE: R[i->d] = R[i->a] >= R[i->b]; i++; continue;
        case BC_ULE: R[i->d] = R[i->a] <= R[i->b]; i++; continue;
        case BC_UGT: R[i->d] = R[i->a] > R[i->b]; i++; continue;
        case BC_EQI: R[i->d] = R[i->a] == (uint64_t)i->u.imm; i++; continue;
        case BC_NEI: R[i->d] = R[i->a] != (uint64_t)i->u.imm; i++; continue;
        case BC_SLTI: R[i->d] = (int64_t)R[i->a] < i->u.imm; i++; continue;
        case BC_SGEI: R[i->d] = (int64_t)R[i->a] >= i->u.imm; i++; continue;
        case BC_SLEI: R[i->d] = (int64_t)R[i->a] <= i->u.imm; i++; continue;
        case BC_SGTI: R[i->d] = (int64_t)R[i->a] > i->u.imm; i++; continue;
        case BC_ULTI: R[i->d] = R[i->a] < (uint64_t)i->u.imm; i++; continue;
        case BC_UGEI: R[i->d] = R[i->a] >= (uint64_t)i->u.imm; i++; continue;
        case BC_ULEI: R[i->d] = R[i->a] <= (uint64_t)i->u.imm; i++; continue;
        case BC_UGTI: R[i->d] = R[i->a] > (uint64_t)i->u.imm; i++; continue;
        case BC_JEQ: i += R[i->a] == R[i->b] ? i->u.n.y : 1; continue;
        case BC_JNE: i += R[i->a] != R[i->b] ? i->u.n.y : 1; continue;
        case BC_JSLT: i += (int64_t)R[i->a] < (int64_t)R[i->b] ? i->u.n.y : 1; continue;
        case BC_JSGE: i += (int64_t)R[i->a] >= (int64_t)R[i->b] ? i->u.n.y : 1; continue;
        case BC_JSLE: i += (int64_t)R[i->a] <= (int64_t)R[i->b] ? i->u.n.y : 1; continue;
        case BC_JSGT: i += (int64_t)R[i->a] > (int64_t)R[i->b] ? i->u.n.y : 1; continue;
        case BC_JULT: i += R[i->a] < R[i->b] ? i->u.n.y : 1; continue;
        case BC_JUGE: i += R[i->a] >= R[i->b] ? i->u.n.y : 1; continue;
        case BC_JULE: i += R[i->a] <= R[i->b] ? i->u.n.y : 1; continue;
        case BC_JUGT: i += R[i->a] > R[i->b] ? i->u.n.y : 1; continue;
        case BC_JEQI: i += R[i->a] == (uint64_t)(int64_t)i->u.n.x ? i->u.n.y : 1; continue;
        case BC_JNEI: i += R[i->a] != (uint64_t)(int64_t)i->u.n.x ? i->u.n.y : 1; continue;
        case BC_JSLTI: i += (int64_t)R[i->a] < i->u.n.x ? i->u.n.y : 1; continue;
        case BC_JSGEI: i += (int64_t)R[i->a] >= i->u.n.x ? i->u.n.y : 1; continue;
        case BC_JSLEI: i += (int64_t)R[i->a] <= i->u.n.x ? i->u.n.y : 1; continue;
        case BC_JSGTI: i += (int64_t)R[i->a] > i->u.n.x ? i->u.n.y : 1; continue;
        case BC_JULTI: i += R[i->a] < (uint64_t)(int64_t)i->u.n.x ? i->u.n.y : 1; continue;
        case BC_JUGEI: i += R[i->a] >= (uint64_t)(int64_t)i->u.n.x ? i->u.n.y : 1; continue;
        case BC_JULEI: i += R[i->a] <= (uint64_t)(int64_t)i->u.n.x ? i->u.n.y : 1; continue;
        case BC_JUGTI: i += R[i->a] > (uint64_t)(int64_t)i->u.n.x ? i->u.n.y : 1; continue;
        case BC_XEQ: if (R[i->a] == R[i->b]) goto exit; i++; continue;
        case BC_XNE: if (R[i->a] != R[i->b]) goto exit; i++; continue;
        case BC_XSLT: if ((int64_t)R[i->a] < (int64_t)R[i->b]) goto exit; i++; continue;
        case BC_XSGE: if ((int64_t)R[i->a] >= (int64_t)R[i->b]) goto exit; i++; continue;
        case BC_XSLE: if ((int64_t)R[i->a] <= (int64_t)R[i->b]) goto exit; i++; continue;
        case BC_XSGT: if ((int64_t)R[i->a] > (int64_t)R[i->b]) goto exit; i++; continue;
        case BC_XULT: if (R[i->a] < R[i->b]) goto exit; i++; continue;
        case BC_XUGE: if (R[i->a] >= R[i->b]) goto exit; i++; continue;
        case BC_XULE: if (R[i->a] <= R[i->b]) goto exit; i++; continue;
        case BC_XUGT: if (R[i->a] > R[i->b]) goto exit; i++; continue;
        case BC_XEQI: if (R[i->a] == (uint64_t)(int64_t)(int16_t)i->b) goto exit; i++; continue;
        case BC_XNEI: if (R[i->a] != (uint64_t)(int64_t)(int16_t)i->b) goto exit; i++; continue;
        case BC_XSLTI: if ((int64_t)R[i->a] < (int16_t)i->b) goto exit; i++; continue;
        case BC_XSGEI: if ((int64_t)R[i->a] >= (int16_t)i->b) goto exit; i++; continue;
        case BC_XSLEI: if ((int64_t)R[i->a] <= (int16_t)i->b) goto exit; i++; continue;
        case BC_XSGTI: if ((int64_t)R[i->a] > (int16_t)i->b) goto exit; i++; continue;
        case BC_XULTI: if (R[i->a] < (uint64_t)(int64_t)(int16_t)i->b) goto exit; i++; continue;
        case BC_XUGEI: if (R[i->a] >= (uint64_t)(int64_t)(int16_t)i->b) goto exit; i++; continue;
        case BC_XULEI: if (R[i->a] <= (uint64_t)(int64_t)(int16_t)i->b) goto exit; i++; continue;
        case BC_XUGTI: if (R[i->a] > (uint64_t)(int64_t)(int16_t)i->b) goto exit; i++; continue;
        case BC_JMP: i += i->u.n.y; continue;
        case BC_EXIT:
        exit:
            to = i->u.to;
            if (!to || to->cost > budget) {
                m->id = i->d;
                how = to ? IR_LEFT_BUDGET : IR_LEFT_EXIT;
                goto leave;
            }
            goto enter;
        case BC_EXIT_INDIRECT:
            at = R[i->a];
            m->address = at;
            to = m->jumps && m->jumps[at >> 1 & m->jump_mask].address == at ? m->jumps[at >> 1 & m->jump_mask].code : NULL;
            if (!to || to->cost > budget) {
                how = IR_LEFT_INDIRECT;
                goto leave;
            }
        enter:
            budget -= to->cost;
            c = to;
            i = c->code;
            if (c->nwords > m->nframe) {
                grow_frame(m, c->nwords);
                R = m->frame;
            }
            continue;
        case BC_LD8U:
            at = R[i->a] + (uint64_t)i->u.imm;
            e = &mem->read[at >> 12 & 255];
            if (e->page != at >> 12)
                break;
            R[i->d] = *(const uint8_t *)(e->host + (at & 4095));
            i++;
            continue;
        case BC_LD8S:
            at = R[i->a] + (uint64_t)i->u.imm;
            e = &mem->read[at >> 12 & 255];
            if (e->page != at >> 12)
                break;
            R[i->d] = (uint64_t)(int64_t)(int8_t)*(const uint8_t *)(e->host + (at & 4095));
            i++;
            continue;
        case BC_LD16U:
            at = R[i->a] + (uint64_t)i->u.imm;
            e = &mem->read[at >> 12 & 255];
            if (e->page != at >> 12 || at & 1)
                break;
            R[i->d] = *(const uint16_t *)(e->host + (at & 4095));
            i++;
            continue;
        case BC_LD16S:
            at = R[i->a] + (uint64_t)i->u.imm;
            e = &mem->read[at >> 12 & 255];
            if (e->page != at >> 12 || at & 1)
                break;
            R[i->d] = (uint64_t)(int64_t)(int16_t)*(const uint16_t *)(e->host + (at & 4095));
            i++;
            continue;
        case BC_LD32U:
            at = R[i->a] + (uint64_t)i->u.imm;
            e = &mem->read[at >> 12 & 255];
            if (e->page != at >> 12 || at & 3)
                break;
            R[i->d] = *(const uint32_t *)(e->host + (at & 4095));
            i++;
            continue;
        case BC_LD32S:
            at = R[i->a] + (uint64_t)i->u.imm;
            e = &mem->read[at >> 12 & 255];
            if (e->page != at >> 12 || at & 3)
                break;
            R[i->d] = (uint64_t)(int64_t)(int32_t)*(const uint32_t *)(e->host + (at & 4095));
            i++;
            continue;
        case BC_LD64:
            at = R[i->a] + (uint64_t)i->u.imm;
            e = &mem->read[at >> 12 & 255];
            if (e->page != at >> 12 || at & 7)
                break;
            R[i->d] = *(const uint64_t *)(e->host + (at & 4095));
            i++;
            continue;
        case BC_ST8:
            at = R[i->a] + (uint64_t)i->u.imm;
            e = &mem->write[at >> 12 & 255];
            if (e->page != at >> 12)
                break;
            *(uint8_t *)(e->host + (at & 4095)) = (uint8_t)R[i->b];
            i++;
            continue;
        case BC_ST16:
            at = R[i->a] + (uint64_t)i->u.imm;
            e = &mem->write[at >> 12 & 255];
            if (e->page != at >> 12 || at & 1)
                break;
            *(uint16_t *)(e->host + (at & 4095)) = (uint16_t)R[i->b];
            i++;
            continue;
        case BC_ST32:
            at = R[i->a] + (uint64_t)i->u.imm;
            e = &mem->write[at >> 12 & 255];
            if (e->page != at >> 12 || at & 3)
                break;
            *(uint32_t *)(e->host + (at & 4095)) = (uint32_t)R[i->b];
            i++;
            continue;
        case BC_ST64:
            at = R[i->a] + (uint64_t)i->u.imm;
            e = &mem->write[at >> 12 & 255];
            if (e->page != at >> 12 || at & 7)
                break;
            *(uint64_t *)(e->host + (at & 4095)) = R[i->b];
            i++;
            continue;
        case BC_ST8I:
            at = R[i->a] + (uint64_t)(int64_t)i->u.n.x;
            e = &mem->write[at >> 12 & 255];
            if (e->page != at >> 12)
                break;
            *(uint8_t *)(e->host + (at & 4095)) = (uint8_t)i->u.n.y;
            i++;
            continue;
        case BC_ST16I:
            at = R[i->a] + (uint64_t)(int64_t)i->u.n.x;
            e = &mem->write[at >> 12 & 255];
            if (e->page != at >> 12 || at & 1)
                break;
            *(uint16_t *)(e->host + (at & 4095)) = (uint16_t)i->u.n.y;
            i++;
            continue;
        case BC_ST32I:
            at = R[i->a] + (uint64_t)(int64_t)i->u.n.x;
            e = &mem->write[at >> 12 & 255];
            if (e->page != at >> 12 || at & 3)
                break;
            *(uint32_t *)(e->host + (at & 4095)) = (uint32_t)i->u.n.y;
            i++;
            continue;
        case BC_ST64I:
            at = R[i->a] + (uint64_t)(int64_t)i->u.n.x;
            e = &mem->write[at >> 12 & 255];
            if (e->page != at >> 12 || at & 7)
                break;
            *(uint64_t *)(e->host + (at & 4095)) = (uint64_t)(int64_t)i->u.n.y;
            i++;
            continue;
        case BC_SWITCH:
            i += find_case(c->cases + i->u.n.x, (uint32_t)i->u.n.y, (int64_t)R[i->a]);
            continue;
        case BC_TRAP:
            m->id = (uint32_t)i->u.n.x;
            how = IR_LEFT_TRAP;
            goto restore;
        default:
            break;
        }
        m->budget = budget;
        m->units -= budget;
        bool done = ir_bc_slow(m, i, R);
        budget = m->budget;
        m->units += budget;
        if (!done) {
            how = IR_LEFT_FAULT;
            goto restore;
        }
        i++;
    }
restore:
    restore_states(R, c, (uint32_t)(i - c->code));
leave:
    m->budget = budget;
    m->units -= budget;
    m->code = c;
    return how;
}

/* ---- what the owner does with a code ---- */

static bool is_exit(const IrBc *i, uint32_t exit)
{
    return i->op >= BC_XEQ && i->op <= BC_EXIT && i->op != BC_JMP && i->d == exit;
}

void ir_code_chain(IrCode *from, uint32_t exit, IrCode *to)
{
    for (uint32_t k = 0; k < from->ncode; k++)
        if (is_exit(&from->code[k], exit))
            from->code[k].u.to = to;
}

IrCode *ir_code_chained(const IrCode *from, uint32_t exit)
{
    for (uint32_t k = 0; k < from->ncode; k++)
        if (is_exit(&from->code[k], exit))
            return from->code[k].u.to;
    return NULL;
}

void ir_code_set_owner(IrCode *c, void *owner) { c->owner = owner; }
void *ir_code_owner(const IrCode *c) { return c->owner; }
void ir_code_set_cost(IrCode *c, uint32_t cost) { c->cost = cost; }
size_t ir_code_size(const IrCode *c) { return c->size; }
