/* Runs the lifted blocks: enters a unit with its states in their registers, catches every way out, and compares.
 * The protocol of x64's fast lane: a unit is jumped to, with rsp 16-aligned, 4096 bytes of frame above it, and at [rsp] the address for
 * exit_indirect, which brings the guest address in rax. Exits are rel32 jumps, patched here to `leave`. */
#define _GNU_SOURCE
#include <fenv.h>
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

typedef struct State {
    uint64_t r[16];            /* by register number */
    double x[16];
    uint64_t exit;             /* 0, 1, ...: exit number; 100: indirect, address in r[0] */
} State;
State now;
uint64_t saved_rsp;
char frame[8192 + 65536] __attribute__((aligned(16)));

void enter(void (*unit)(void));
void leave0(void);
void leave1(void);
void leave_indirect(void);

#ifdef __riscv
/* The same by rv64's protocol: t5 brings the guest address, exits are pairs of auipc t6 and jalr. What the blocks call register 3, 12
 * to 15 and 24 to 27 is s1, s2 to s5, and fs0, fs1, fs2, fs3 here. */
__asm__(
    ".text\n"
    "enter:\n"
    "  addi sp, sp, -160\n"
    "  sd ra, 0(sp); sd s0, 8(sp); sd s1, 16(sp); sd s2, 24(sp); sd s3, 32(sp); sd s4, 40(sp); sd s5, 48(sp); sd s6, 56(sp)\n"
    "  sd s7, 64(sp); sd s8, 72(sp); sd s9, 80(sp); sd s10, 88(sp); sd s11, 96(sp)\n"
    "  fsd fs0, 104(sp); fsd fs1, 112(sp); fsd fs2, 120(sp); fsd fs3, 128(sp)\n"
    "  la t0, saved_rsp; sd sp, 0(t0)\n"
    "  la sp, frame; li t0, 2048; add sp, sp, t0; la t0, leave_indirect; sd t0, 0(sp)\n"
    "  la t0, now\n"
    "  ld s1, 24(t0); ld s2, 96(t0); ld s3, 104(t0); ld s4, 112(t0); ld s5, 120(t0)\n"
    "  fld fs0, 192(t0); fld fs1, 200(t0); fld fs2, 208(t0); fld fs3, 216(t0)\n"
    "  jr a0\n"
    "leave0: li t1, 0; j out\n"
    "leave1: li t1, 1; j out\n"
    "leave_indirect: li t1, 100\n"
    "out:\n"
    "  la t0, now; sd t1, 256(t0); sd t5, 0(t0)\n"
    "  sd s1, 24(t0); sd s2, 96(t0); sd s3, 104(t0); sd s4, 112(t0); sd s5, 120(t0)\n"
    "  fsd fs0, 192(t0); fsd fs1, 200(t0); fsd fs2, 208(t0); fsd fs3, 216(t0)\n"
    "  la t0, saved_rsp; ld sp, 0(t0)\n"
    "  ld ra, 0(sp); ld s0, 8(sp); ld s1, 16(sp); ld s2, 24(sp); ld s3, 32(sp); ld s4, 40(sp); ld s5, 48(sp); ld s6, 56(sp)\n"
    "  ld s7, 64(sp); ld s8, 72(sp); ld s9, 80(sp); ld s10, 88(sp); ld s11, 96(sp)\n"
    "  fld fs0, 104(sp); fld fs1, 112(sp); fld fs2, 120(sp); fld fs3, 128(sp)\n"
    "  addi sp, sp, 160\n"
    "  ret\n");
#elif defined __aarch64__
/* By aa64's: x16 brings the guest address, exits are one b. What the blocks call register 3, 12 to 15 and 24 to 27 is x19, x20 to x23,
 * and d8 to d11; FPCR.DN is set. */
__asm__(
    ".text\n"
    "enter:\n"
    "  stp x29, x30, [sp, #-160]!; stp x19, x20, [sp, #16]; stp x21, x22, [sp, #32]; stp x23, x24, [sp, #48]\n"
    "  stp x25, x26, [sp, #64]; stp x27, x28, [sp, #80]; stp d8, d9, [sp, #96]; stp d10, d11, [sp, #112]\n"
    "  mrs x9, fpcr; str x9, [sp, #128]; orr x9, x9, #0x2000000; msr fpcr, x9\n"
    "  adrp x9, saved_rsp; mov x10, sp; str x10, [x9, #:lo12:saved_rsp]\n"
    "  adrp x9, frame; add x9, x9, #:lo12:frame; add x9, x9, #2048; mov sp, x9; adr x10, leave_indirect; str x10, [sp]\n"
    "  adrp x9, now; add x9, x9, #:lo12:now\n"
    "  ldr x19, [x9, #24]; ldp x20, x21, [x9, #96]; ldp x22, x23, [x9, #112]; ldp d8, d9, [x9, #192]; ldp d10, d11, [x9, #208]\n"
    "  br x0\n"
    "leave0: mov x10, #0; b out\n"
    "leave1: mov x10, #1; b out\n"
    "leave_indirect: mov x10, #100\n"
    "out:\n"
    "  adrp x9, now; add x9, x9, #:lo12:now; str x10, [x9, #256]; str x16, [x9]\n"
    "  str x19, [x9, #24]; stp x20, x21, [x9, #96]; stp x22, x23, [x9, #112]; stp d8, d9, [x9, #192]; stp d10, d11, [x9, #208]\n"
    "  adrp x9, saved_rsp; ldr x10, [x9, #:lo12:saved_rsp]; mov sp, x10\n"
    "  ldr x9, [sp, #128]; msr fpcr, x9\n"
    "  ldp x19, x20, [sp, #16]; ldp x21, x22, [sp, #32]; ldp x23, x24, [sp, #48]\n"
    "  ldp x25, x26, [sp, #64]; ldp x27, x28, [sp, #80]; ldp d8, d9, [sp, #96]; ldp d10, d11, [sp, #112]; ldp x29, x30, [sp], #160\n"
    "  ret\n");
#else
__asm__(
    ".text\n"
    "enter:\n"
    "  push %rbx; push %rbp; push %r12; push %r13; push %r14; push %r15\n"
    "  mov %rsp, saved_rsp(%rip)\n"
    "  lea frame+2048(%rip), %rsp\n"
    "  lea leave_indirect(%rip), %rax; mov %rax, (%rsp)\n"
    "  mov %rdi, %r11\n"
    "  lea now(%rip), %rax\n"
    "  mov 24(%rax), %rbx; mov 40(%rax), %rbp; mov 96(%rax), %r12; mov 104(%rax), %r13\n"
    "  mov 112(%rax), %r14; mov 120(%rax), %r15\n"
    "  movsd 192(%rax), %xmm8; movsd 200(%rax), %xmm9; movsd 208(%rax), %xmm10; movsd 216(%rax), %xmm11\n"
    "  jmp *%r11\n"
    "leave0:\n"
    "  movq $0, now+256(%rip); jmp out\n"
    "leave1:\n"
    "  movq $1, now+256(%rip); jmp out\n"
    "leave_indirect:\n"
    "  movq $100, now+256(%rip)\n"
    "out:\n"
    "  mov %rax, now(%rip); lea now(%rip), %rax\n"
    "  mov %rbx, 24(%rax); mov %rbp, 40(%rax); mov %r12, 96(%rax); mov %r13, 104(%rax)\n"
    "  mov %r14, 112(%rax); mov %r15, 120(%rax)\n"
    "  movsd %xmm8, 192(%rax); movsd %xmm9, 200(%rax); movsd %xmm10, 208(%rax); movsd %xmm11, 216(%rax)\n"
    "  mov saved_rsp(%rip), %rsp\n"
    "  pop %r15; pop %r14; pop %r13; pop %r12; pop %rbp; pop %rbx\n"
    "  ret\n");
#endif

#define UNIT(name) extern void name(void); extern char name##_exit0[] __asm__(#name ".exit0"), name##_exit1[] __asm__(#name ".exit1")
#define STATES(name) extern const int32_t name##_states[][5] __asm__(#name ".states"), name##_states_end[][5] __asm__(#name ".states_end")
UNIT(add_block);
UNIT(load_block);
STATES(load_block);
UNIT(store_block);
STATES(store_block);
UNIT(branch_block);
UNIT(float_block);
UNIT(silent_block);

static int failures;
#define CHECK(c) ((c) ? (void)0 : (void)(failures++, printf("line %d: %s\n", __LINE__, #c)))

static void patch(char *field, void (*to)(void))
{
    char *page = (char *)((uintptr_t)field & ~(uintptr_t)4095);
    mprotect(page, 8192, PROT_READ | PROT_WRITE | PROT_EXEC);
#ifdef __riscv
    uint32_t w[2] = { 0x00000f97, 0x000f8067 };
    int32_t d = (int32_t)((char *)to - field);
    w[0] |= (uint32_t)(d + 0x800) & 0xfffff000u;
    w[1] |= (uint32_t)d << 20;
    memcpy(field, w, 8);
    __builtin___clear_cache(field, field + 8);
#elif defined __aarch64__
    uint32_t w = 0x14000000u | ((uint32_t)(((char *)to - field) >> 2) & 0x3ffffffu);
    memcpy(field, &w, 4);
    __builtin___clear_cache(field, field + 4);
#else
    int32_t d = (int32_t)((char *)to - (field + 4));
    memcpy(field, &d, 4);
#endif
    mprotect(page, 8192, PROT_READ | PROT_EXEC);
}

/* ---- a guest trap: the state map of the code at rip, read from the registers and the frame of the moment ---- */

static struct { char *unit; const int32_t (*from)[5], (*to)[5]; uint64_t state[65]; int seen; } trap;

#ifdef __riscv
#define PC(u) ((u)->uc_mcontext.__gregs[0])
#define STACK(u) ((u)->uc_mcontext.__gregs[2])
#define REGISTER(u, n) ((u)->uc_mcontext.__gregs[n])
#elif defined __aarch64__
#define PC(u) ((u)->uc_mcontext.pc)
#define STACK(u) ((u)->uc_mcontext.sp)
#define REGISTER(u, n) ((u)->uc_mcontext.regs[n])
#else
static const int greg[16] = { REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                              REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15 };
#define PC(u) ((u)->uc_mcontext.gregs[REG_RIP])
#define STACK(u) ((u)->uc_mcontext.gregs[REG_RSP])
#define REGISTER(u, n) ((u)->uc_mcontext.gregs[greg[n]])
#endif

static void on_trap(int sig, siginfo_t *info, void *ctx)
{
    ucontext_t *u = ctx;
    int64_t at = (char *)PC(u) - trap.unit, best = -1;
    (void)sig;
    (void)info;
#ifdef __riscv
    static const int reg[4] = { 9, 18, 19, 20 };
#elif defined __aarch64__
    static const int reg[4] = { 19, 20, 21, 22 };
#else
    static const int reg[4] = { 3, 12, 13, 14 };
#endif
    for (int k = 0; k < 4; k++)    /* what no row names is where the contract has it */
        trap.state[10 + k] = (uint64_t)REGISTER(u, reg[k]);
    for (const int32_t (*s)[5] = trap.from; s < trap.to; s++)
        if ((*s)[0] <= at)
            best = (*s)[0];
    for (const int32_t (*s)[5] = trap.from; s < trap.to; s++)
        if ((*s)[0] == best)
            trap.state[(*s)[1]] = (*s)[2] == 2 ? (uint64_t)(uint32_t)(*s)[3] | (uint64_t)(uint32_t)(*s)[4] << 32 : (*s)[2] ? (uint64_t)REGISTER(u, (*s)[3]) : *(uint64_t *)((char *)STACK(u) + (*s)[3]);
    trap.seen++;
    PC(u) = (uintptr_t)leave1;
}

static void may_trap(void (*unit)(void), const int32_t (*from)[5], const int32_t (*to)[5])
{
    memset(&trap, 0, sizeof trap);
    trap.unit = (char *)unit;
    trap.from = from;
    trap.to = to;
    enter(unit);
}

/* ---- the blocks ---- */

enum { RBX = 3 };

static void test_add(void)
{
    static const uint64_t v[] = { 0, 1, 2, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, 0x7fffffffffffffff, 0x8000000000000000, UINT64_MAX };
    for (unsigned i = 0; i < 10; i++)
        for (unsigned j = 0; j < 10; j++) {
            now.r[12] = v[i], now.r[13] = v[j], now.r[RBX] = now.r[14] = 77;
            enter(add_block);
            uint64_t a0 = v[i] + v[j], a3 = (uint64_t)(int64_t)(int32_t)(a0 - 1);
            CHECK(now.exit == 0 && now.r[RBX] == a0 && now.r[12] == v[i] && now.r[14] == a3 && now.r[13] == (a3 < v[i]));
        }
}

static char memory[64] __attribute__((aligned(16)));

static void test_load(void)
{
    uint64_t p = (uint64_t)(uintptr_t)memory, q = p + 32;
    memcpy(memory + 8, &q, 8);
    memcpy(memory + 30, "\x01\x02\xf3\x84", 4);
    now.r[12] = p, now.r[RBX] = now.r[13] = now.r[14] = 5;
    may_trap(load_block, load_block_states, load_block_states_end);
    CHECK(!trap.seen && now.exit == 0 && now.r[RBX] == q && now.r[12] == p && now.r[13] == 0xf3);
    CHECK(now.r[14] == (uint64_t)(int64_t)(int32_t)0x84f30201);
    now.r[RBX] = 1, now.r[12] = 16, now.r[13] = 3, now.r[14] = 4;
    may_trap(load_block, load_block_states, load_block_states_end);
    CHECK(trap.seen == 1 && trap.state[10] == 1 && trap.state[11] == 16 && trap.state[12] == 3 && trap.state[13] == 4);
    CHECK(trap.state[64] == 0x10000);
    q = 24;
    memcpy(memory + 8, &q, 8);
    now.r[RBX] = 1, now.r[12] = p, now.r[13] = 3, now.r[14] = 4;
    may_trap(load_block, load_block_states, load_block_states_end);
    CHECK(trap.seen == 1 && trap.state[10] == 24 && trap.state[11] == p && trap.state[12] == 3 && trap.state[13] == 4);
    CHECK(trap.state[64] == 0x10004);
    /* the byte can be read, the word across the page before it cannot */
    char *page = mmap(NULL, 8192, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(page + 4096, 4096, PROT_READ | PROT_WRITE);
    page[4096] = 9;
    q = (uint64_t)(uintptr_t)(page + 4096);
    memcpy(memory + 8, &q, 8);
    now.r[RBX] = 1, now.r[12] = p, now.r[13] = 3, now.r[14] = 4;
    may_trap(load_block, load_block_states, load_block_states_end);
    CHECK(trap.seen == 1 && trap.state[10] == q && trap.state[12] == 9 && trap.state[13] == 4 && trap.state[64] == 0x10008);
}

static void test_store(void)
{
    uint64_t p = (uint64_t)(uintptr_t)memory + 8, v;
    memset(memory, 0xee, sizeof memory);
    now.r[RBX] = 0x1122334455667788, now.r[12] = p;
    may_trap(store_block, store_block_states, store_block_states_end);
    memcpy(&v, memory + 8, 8);
    CHECK(!trap.seen && now.exit == 0 && now.r[RBX] == 0x1122334455667788 && now.r[12] == p + 16 && v == 0x1122334455667788);
    CHECK(memcmp(memory + 4, "\xee\xee\x88\x77", 4) == 0 && memcmp(memory + 16, "\x88\xee", 2) == 0);
    now.r[RBX] = 7, now.r[12] = 8;
    may_trap(store_block, store_block_states, store_block_states_end);
    CHECK(trap.seen == 1 && trap.state[10] == 7 && trap.state[11] == 8 && trap.state[64] == 0x10000);
}

static void test_branch(void)
{
    for (uint64_t n = 0; n < 6; n++)
        for (uint64_t sum = 0; sum < 20; sum += 7) {
            uint64_t a0 = n, a1 = sum, a2 = 12;
            int exit = 1;
            while (a0) {
                a1 += a0--;
                if (a1 >= a2) {
                    exit = 100;
                    break;
                }
            }
            now.r[15] = 0x12345, now.r[RBX] = n, now.r[12] = sum, now.r[13] = 12;
            enter(branch_block);
            CHECK(now.exit == (uint64_t)exit && now.r[RBX] == a0 && now.r[12] == a1 && now.r[13] == a2 && now.r[15] == 0x12345);
            CHECK(exit == 1 || now.r[0] == 0x12344);
        }
}

static void test_silent(void)
{
    now.r[RBX] = 7, now.r[12] = 9;
    enter(silent_block);
    CHECK(now.exit == 0 && now.r[RBX] == 7 && now.r[12] == 8);
    now.r[RBX] = 7, now.r[12] = (uint64_t)-9;
    enter(silent_block);
    CHECK(now.exit == 1 && now.r[RBX] == 8 && now.r[12] == (uint64_t)-9);
}

static uint64_t bits(double d)
{
    uint64_t v;
    memcpy(&v, &d, 8);
    return v;
}

static double canon(double d)
{
    return d == d ? d : __builtin_nan("");
}

static void test_float(void)
{
    static const int modes[4] = { FE_TONEAREST, FE_TOWARDZERO, FE_DOWNWARD, FE_UPWARD };
    volatile double v[] = { 0, -0.0, 1, -1, 3, 0.1, 1e300, -1e300, 5e-324, INFINITY, -INFINITY, -__builtin_nan("7"), 1e10, 7 };
    for (int m = 0; m < 4; m++)
        for (unsigned i = 0; i < 14; i++)
            for (unsigned j = 0; j < 14; j++) {
                fesetround(FE_TOWARDZERO);
                feclearexcept(FE_ALL_EXCEPT);
                volatile double quotient = v[i] / v[j];
                fesetround(modes[m]);
                volatile double sum = v[i] + v[j];
                int flags = fetestexcept(FE_ALL_EXCEPT);
                double q = canon(quotient);
                int32_t n = q != q || q >= 2147483648.0 ? INT32_MAX : q <= -2147483649.0 ? INT32_MIN : (int32_t)q;
                if (q != q || q >= 2147483648.0 || q <= -2147483649.0)
                    flags |= FE_INVALID;
                else if ((double)n != q)
                    flags |= FE_INEXACT;
                unsigned want = (flags & FE_INEXACT ? 1 : 0) | (flags & FE_UNDERFLOW ? 2 : 0) | (flags & FE_OVERFLOW ? 4 : 0) |
                                (flags & FE_DIVBYZERO ? 8 : 0) | (flags & FE_INVALID ? 16 : 0);
                feclearexcept(FE_ALL_EXCEPT);
                now.x[9] = v[i], now.x[10] = v[j], now.x[8] = now.x[11] = 42;
                enter(float_block);
                fesetround(FE_TONEAREST);
                CHECK(now.exit == 0 && bits(now.x[8]) == bits(canon(sum)) && bits(now.x[11]) == bits(q));
                CHECK(bits(now.x[9]) == bits(v[i]) && bits(now.x[10]) == bits(v[j]));
                CHECK(now.r[RBX] == (uint64_t)(int64_t)n && now.r[12] == want);
                if (failures > 5)
                    return;
            }
}

int main(void)
{
    stack_t alt = { .ss_sp = (char[65536]){ 0 }, .ss_size = 65536 };
    struct sigaction sa = { .sa_sigaction = on_trap, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };
    sigaltstack(&alt, NULL);
    sigaction(SIGSEGV, &sa, NULL);
    patch(add_block_exit0, leave0);
    patch(load_block_exit0, leave0);
    patch(store_block_exit0, leave0);
    patch(branch_block_exit1, leave1);
    patch(float_block_exit0, leave0);
    patch(silent_block_exit0, leave0);
    patch(silent_block_exit1, leave1);
    test_add();
    test_load();
    test_store();
    test_branch();
    test_float();
    test_silent();
    printf(failures ? "failed\n" : "ok\n");
    return failures != 0;
}
