#!/bin/sh
# The assembler against GNU as on hand-written text and compiler output, and what it refuses: x86-64, then RISC-V and AArch64.
python3 tests/as/check.py "$T" "$IDEM" "${TIER:-check}"
a=$?
python3 tests/as/rv64.py "$T" "$IDEM" "${TIER:-check}" || a=$?
python3 tests/as/aa64.py "$T" "$IDEM" "${TIER:-check}" || a=$?
exit $a
