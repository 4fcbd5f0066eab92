/* jit: what code made at run time needs of x64: the way into a unit and out of it, exits that leave until they are chained, and the float
 * environment as MXCSR has it. In a unit rsp is the frame (gen.h); its own words are told in WORD_*. */
#include "arch/x64/fast.h"

enum { WORD_SP = 8, WORD_HOST_ENV = 24, WORD_ENV = 28 };
enum { MXCSR_MASKS = 0x1f80, STUB = 10 };

static const uint8_t pins[] = { RBX, RBP, 12, 13, 14, 15, R9, R10, R11, GEN_NOREG };
static const uint8_t float_pins[] = { XMM0 + 8, XMM0 + 9, XMM0 + 10, XMM0 + 11, XMM0 + 12, XMM0 + 13, XMM0 + 14, XMM0 + 15, GEN_NOREG };
static const uint8_t saved[] = { RBX, RBP, 12, 13, 14, 15 };

static void states(X64Out *o, const uint8_t *reg, unsigned n, bool load)
{
    for (unsigned s = 0; s < n; s++) {
        X64Mem m = x64_mem(RSP, GEN_UNIT_STATES + 8 * (int32_t)s);
        if (reg[s] == IR_IN_FRAME)
            continue;
        if (reg[s] >= XMM0)
            x64_rm(o, load ? X64_I_MOVS_RM : X64_I_MOVS_MR, 8, reg[s], &m);
        else
            x64_rm(o, load ? X64_I_MOV_RM : X64_I_MOV_MR, 8, reg[s], &m);
    }
}

/* uint64_t enter(void *frame, uint64_t code) by the psABI, and the two ways back. */
static void entry(Buf *b, const uint8_t *reg, unsigned n, JitEntry *e)
{
    X64Out out = { 0 }, *o = &out;
    X64Mem m;
    o->b = b;
    e->enter = b->n;
    for (unsigned k = 0; k < sizeof saved; k++)
        x64_r(o, X64_I_PUSH_O, 8, saved[k]);
    m = x64_mem(RDI, WORD_SP);
    x64_rm(o, X64_I_MOV_MR, 8, RSP, &m);
    m.disp = WORD_HOST_ENV;
    x64_m(o, X64_I_STMXCSR_M, 0, &m);
    x64_rr(o, X64_I_MOV_MR, 8, RDI, RSP);
    m = x64_mem(RSP, WORD_ENV);
    x64_m(o, X64_I_LDMXCSR_M, 0, &m);
    states(o, reg, n, true);
    x64_r(o, X64_I_JMP_M, 8, RSI);
    e->indirect = b->n;
    m = x64_mem(RSP, JIT_ADDRESS);
    x64_rm(o, X64_I_MOV_MR, 8, RAX, &m);
    x64_ri(o, X64_I_MOV_MI, 8, RAX, JIT_LEFT_INDIRECT);
    e->leave = b->n;
    states(o, reg, n, false);
    m = x64_mem(RSP, WORD_ENV);
    x64_m(o, X64_I_STMXCSR_M, 0, &m);
    m.disp = WORD_HOST_ENV;
    x64_m(o, X64_I_LDMXCSR_M, 0, &m);
    m.disp = WORD_SP;
    x64_rm(o, X64_I_MOV_RM, 8, RSP, &m);
    for (unsigned k = sizeof saved; k-- > 0;)
        x64_r(o, X64_I_POP_O, 8, saved[k]);
    x64_0(o, X64_I_RET_ZO, 8);
}

static void stub(Buf *b, uint64_t at, uint32_t number, uint64_t leave)
{
    X64Out o = { 0 };
    o.b = b;
    x64_ri(&o, X64_I_MOV_OI, 4, RAX, number);
    buf_u8(b, 0xe9);
    buf_u32(b, (uint32_t)(leave - (at + STUB)));
}

static void jump(uint8_t *field, uint64_t at, uint64_t to)
{
    put_u32(field, (uint32_t)(to - (at + 4)));
}

static bool reloc(uint8_t *p, uint64_t at, uint32_t kind, uint64_t value)
{
    if (kind != R_PC32)
        return false;
    put_u32(p, (uint32_t)(value - at));
    return true;
}

/* SDM vol. 1, 10.2.3: flags in bits 0 to 5, masks in 7 to 12, rounding in 13 and 14. */
static void set_env(uint8_t *frame, const SfEnv *env)
{
    static const uint8_t rounds[] = { 0, 3, 1, 2, 0 }; /* to nearest, zero, down, up; ties away there is none */
    uint32_t f = env->flags;
    uint32_t m = (f & SF_INVALID ? 1u : 0) | (f & SF_DIVZERO ? 4u : 0) | (f & SF_OVERFLOW ? 8u : 0) | (f & SF_UNDERFLOW ? 16u : 0) |
                 (f & SF_INEXACT ? 32u : 0);
    put_u32(frame + WORD_ENV, m | MXCSR_MASKS | (uint32_t)rounds[env->round] << 13);
}

static void get_env(const uint8_t *frame, SfEnv *env)
{
    uint32_t m = get_u32(frame + WORD_ENV);
    env->flags = (m & 1 ? SF_INVALID : 0) | (m & 4 ? SF_DIVZERO : 0) | (m & 8 ? SF_OVERFLOW : 0) | (m & 16 ? SF_UNDERFLOW : 0) |
                 (m & 32 ? SF_INEXACT : 0);
}

/* What follows a signal's handler: rt_sigreturn. */
static void restorer(Buf *b)
{
    static const uint8_t code[] = { 0xb8, 15, 0, 0, 0, 0x0f, 0x05 };
    buf_put(b, code, sizeof code);
}

/* handler(signal, info, context) with a fourth argument. */
static void handler(Buf *b, uint64_t to, uint64_t argument)
{
    X64Out o = { 0 };
    o.b = b;
    x64_ri(&o, X64_I_MOV_OI, 8, RCX, (int64_t)argument);
    x64_ri(&o, X64_I_MOV_OI, 8, RAX, (int64_t)to);
    x64_r(&o, X64_I_JMP_M, 8, RAX);
}

/* CPUID.1:ECX: FMA 12, OSXSAVE 27, AVX 28; XCR0 has SSE and AVX (SDM vol. 1, 14.5.3). */
static void probe(Buf *b)
{
    static const uint8_t code[] = {
        0x53, 0xb8, 1, 0, 0, 0, 0x0f, 0xa2, 0x5b,              /* push rbx; mov eax, 1; cpuid; pop rbx */
        0x81, 0xe1, 0x00, 0x10, 0x00, 0x18,                    /* and ecx, 0x18001000 */
        0x81, 0xf9, 0x00, 0x10, 0x00, 0x18, 0x75, 15,          /* cmp ecx, 0x18001000; jne none */
        0x31, 0xc9, 0x0f, 0x01, 0xd0,                          /* xor ecx, ecx; xgetbv */
        0x83, 0xe0, 6, 0x83, 0xf8, 6, 0x75, 2,                 /* and eax, 6; cmp eax, 6; jne none */
        0x31, 0xc0, 0xc3,                                      /* xor eax, eax; ret */
        0xb8, LIFT_NO_FMA, 0, 0, 0, 0xc3,                      /* none: mov eax, LIFT_NO_FMA; ret */
    };
    buf_put(b, code, sizeof code);
}

/* ucontext: uc_mcontext.gregs at 40, in the kernel's order r8 to r15, rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip. */
const TargetJit x64_jit = {
    { pins, float_pins }, entry, stub, jump, reloc, set_env, get_env, restorer, handler, probe, NULL, 40 + 8 * 16, 40 + 8 * 15, 40 + 8 * 13,
    STUB, true, false, LIFT_HOST_FLOATS,
};
