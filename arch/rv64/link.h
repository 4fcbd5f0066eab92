/* link: what the linker's half of this folder shares. */
#ifndef RV64_LINK_H
#define RV64_LINK_H

#include "arch/rv64/rv64.h"
#include "ld/ld_target.h"

/* ---- relax.c: members of TargetLink ---- */
RelaxKind rv64_relax_kind(uint32_t number);
bool rv64_relax(LdRelax *x);
void rv64_align_nops(uint8_t *p, uint64_t n);

/* ---- attr.c: members of TargetLink ---- */
void *rv64_traits_new(Arena *a, Diag *d);
bool rv64_traits_add(void *state, const LdTraits *f);
uint32_t rv64_traits_end(void *state, uint32_t e_flags, Buf *out);

#endif
