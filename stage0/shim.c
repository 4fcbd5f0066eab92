/* stage0/shim: what a seed's code calls without being asked and a libc or a compiler library would give. Only stage0
 * links it, on x64; stage1 and stage2 are built by idem, whose code calls rt alone.
 *   gcc, clang: memcpy memmove memset memcmp, which rt has (arch/<t>/mem.S).
 *   tcc 0.9.27: memmove and memset for aggregates (rt has them) and __va_arg for va_arg, below. */

typedef struct VaList {        /* System V ABI AMD64 3.5.7, figure 3.34 */
    unsigned gp_offset, fp_offset;
    char *overflow_arg_area, *reg_save_area;
} VaList;

/* The address of the next argument; `kind` is tcc's: 0 in general registers, 1 in vector registers, 2 on the stack. */
void *__va_arg(__builtin_va_list args, int kind, int size, int align)
{
    VaList *ap = (VaList *)args;
    unsigned n = ((unsigned)size + 7) & ~7u;
    unsigned long mask = (((unsigned long)align + 7) & ~7ul) - 1;
    if (kind == 0 && ap->gp_offset + n <= 48) {
        ap->gp_offset += n;
        return ap->reg_save_area + ap->gp_offset - n;
    }
    if (kind == 1 && n == 8 && ap->fp_offset + 16 <= 176) {
        ap->fp_offset += 16;
        return ap->reg_save_area + ap->fp_offset - 16;
    }
    ap->overflow_arg_area = (char *)(((unsigned long)ap->overflow_arg_area + mask) & ~mask) + n;
    return ap->overflow_arg_area - n;
}
