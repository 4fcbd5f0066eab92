/* Kernel: a switch interpreter of a small register machine, running a prime counter and a fibonacci program. */
#include <stdio.h>
#include <stdlib.h>
enum { HALT, LOADI, MOV, ADD, SUB, MUL, DIV, MOD, AND, OR, XOR, SHL, SHR, ADDI, JMP, JZ, JNZ, JLT, JGE, LD, ST, CALL, RET, NOT, NEG, OUT };
typedef struct Ins { unsigned char op, a, b, c; int imm; } Ins;
static long mem[1024], stack[256], out;
static unsigned long run(const Ins *code)
{
    long r[16] = { 0 };
    int pc = 0, sp = 0;
    unsigned long count = 0;
    for (;;) {
        const Ins *i = &code[pc++];
        count++;
        switch (i->op) {
        case HALT: return count;
        case LOADI: r[i->a] = i->imm; break;
        case MOV: r[i->a] = r[i->b]; break;
        case ADD: r[i->a] = r[i->b] + r[i->c]; break;
        case SUB: r[i->a] = r[i->b] - r[i->c]; break;
        case MUL: r[i->a] = r[i->b] * r[i->c]; break;
        case DIV: r[i->a] = r[i->b] / r[i->c]; break;
        case MOD: r[i->a] = r[i->b] % r[i->c]; break;
        case AND: r[i->a] = r[i->b] & r[i->c]; break;
        case OR: r[i->a] = r[i->b] | r[i->c]; break;
        case XOR: r[i->a] = r[i->b] ^ r[i->c]; break;
        case SHL: r[i->a] = r[i->b] << (r[i->c] & 63); break;
        case SHR: r[i->a] = r[i->b] >> (r[i->c] & 63); break;
        case ADDI: r[i->a] = r[i->b] + i->imm; break;
        case JMP: pc = i->imm; break;
        case JZ: if (!r[i->a]) pc = i->imm; break;
        case JNZ: if (r[i->a]) pc = i->imm; break;
        case JLT: if (r[i->a] < r[i->b]) pc = i->imm; break;
        case JGE: if (r[i->a] >= r[i->b]) pc = i->imm; break;
        case LD: r[i->a] = mem[(r[i->b] + i->imm) & 1023]; break;
        case ST: mem[(r[i->b] + i->imm) & 1023] = r[i->a]; break;
        case CALL: stack[sp++ & 255] = pc; pc = i->imm; break;
        case RET: pc = (int)stack[--sp & 255]; break;
        case NOT: r[i->a] = ~r[i->b]; break;
        case NEG: r[i->a] = -r[i->b]; break;
        case OUT: out = out * 31 + r[i->a]; break;
        }
    }
}
static Ins program[] = {
    /* 0 */ { LOADI, 1, 0, 0, 2 }, { LOADI, 2, 0, 0, 0 }, { LOADI, 3, 0, 0, 0 },
    /* 3: primes: divide by every smaller */ { JGE, 1, 3, 0, 15 }, { LOADI, 4, 0, 0, 2 },
    /* 5 */ { MUL, 5, 4, 4, 0 }, { SUB, 6, 1, 5, 0 }, { SHR, 6, 6, 15, 0 }, { JNZ, 6, 0, 0, 12 }, { MOD, 6, 1, 4, 0 }, { JZ, 6, 0, 0, 13 },
    /* 11 */ { JMP, 0, 0, 0, 23 }, { ADDI, 2, 2, 0, 1 }, { ADDI, 1, 1, 0, 1 }, { JMP, 0, 0, 0, 3 },
    /* 15 */ { OUT, 2, 0, 0, 0 }, { LOADI, 7, 0, 0, 0 }, { LOADI, 8, 0, 0, 1 }, { LOADI, 9, 0, 0, 0 },
    /* 19 */ { CALL, 0, 0, 0, 25 }, { ADDI, 9, 9, 0, 1 }, { JLT, 9, 3, 0, 19 }, { HALT, 0, 0, 0, 0 },
    /* 23 */ { ADDI, 4, 4, 0, 1 }, { JMP, 0, 0, 0, 5 },
    /* 25 */ { ADD, 10, 7, 8, 0 }, { MOV, 7, 8, 0, 0 }, { MOV, 8, 10, 0, 0 }, { AND, 11, 9, 15, 0 }, { ST, 10, 11, 0, 5 }, { LD, 12, 11, 0, 4 },
    /* 31 */ { XOR, 10, 10, 12, 0 }, { NOT, 10, 10, 0, 0 }, { OUT, 10, 0, 0, 0 }, { RET, 0, 0, 0, 0 } };
int main(int argc, char **argv)
{
    int scale = argc > 1 ? atoi(argv[1]) : 100;
    unsigned long n;
    program[2].imm = scale * 4400;
    program[3].b = 3;
    n = 0;
    /* r15 holds 63 for the sign test: put before the program */
    static Ins code[64];
    code[0].op = LOADI; code[0].a = 15; code[0].imm = 63;
    for (unsigned i = 0; i < sizeof program / sizeof *program; i++) {
        code[i + 1] = program[i];
        if (program[i].op >= JMP && program[i].op <= JGE)
            code[i + 1].imm++;
        if (program[i].op == CALL)
            code[i + 1].imm++;
    }
    n = run(code);
    printf("%lu %lx\n", n, (unsigned long)out);
    return 0;
}
