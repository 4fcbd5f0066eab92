/* What the two files of the interpreter's test share. */
#include "base/softfloat.h"
#include "ir/interp.h"
#include "ir/ir.h"

#include <stdlib.h>

int printf(const char *fmt, ...);

extern int bad;
#define CHECK(c) \
    do { \
        if (!(c) && ++bad < 20) \
            printf("  %s:%d: %s\n", __FILE__, __LINE__, #c); \
    } while (0)

enum { NSTATES = 65 };
extern Host host;
extern Arena arena;
extern IrUnit unit;
extern IrMachine machine;
extern IrMemory memory;

/* Guest memory: pages 16 to 18, of which 17 is only readable; 32 and 33; the last page of the address space. */
enum { PAGES = 6 };
extern uint8_t pages_of_guest[PAGES][4096];
uint8_t *guest_byte(uint64_t at, bool write);
void fill_guest(void);
void reset_machine(void);

uint64_t rnd(void);
int64_t cut(IrType t, uint64_t v);
/* Integer operations by their definition; division as RISC-V's. */
int64_t reference(IrOp op, IrType t, int64_t x, int64_t y);
bool reference_overflow(IrOp op, IrType t, int64_t x, int64_t y, int64_t *wrapped);
uint64_t reference_rmw(IrRmw kind, uint64_t old, uint64_t v, unsigned bits);
IrCode *code_of(IrFn *f);
void test_random_forward(void);
void test_random_loops(void);
