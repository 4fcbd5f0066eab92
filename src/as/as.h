/* as: GNU-syntax assembly text in, an Obj out. The directives and expressions are here; operands belong to the
 * target. */
#ifndef AS_H
#define AS_H

#include "obj/obj.h"

struct As;

/* Assembles `text` (already preprocessed when it came from a .S; linemarkers `# 12 "file"` are honoured). Messages go
 * to d with places in `name`. NULL after errors. */
Obj *as_assemble(Host *host, Arena *a, Diag *d, SrcMap *sm, Intern *idents, const struct Target *t,
                 const char *name, const char *text, size_t n);

/* print.c: an object as text that assembles to the same bytes again, and to relocations of the same meaning (cc -S,
 * objdump --assembly). What cannot be told as an instruction is told as bytes with a remark. False when the target has
 * no such text. */
bool as_print(Host *host, Arena *a, const Obj *o, Buf *out);

#endif
