/* ir: the table of operations, one row each, out of ops.def. */
#include "ir/ir.h"

#define OP(id, name, class, operands, result) {name, IRC_##class, operands, result},
const IrOpInfo ir_ops[IR_OPS] = {
#include "ir/ops.def"
};
#undef OP

STATIC_ASSERT(sizeof(IrIns) == 16, ir_ins_is_16_bytes);
STATIC_ASSERT(IR_OPS <= 256, ir_op_fits_a_byte);
