#!/bin/sh
# The assembler against GNU as on hand-written text and compiler output, and what it refuses.
exec python3 tests/as/check.py "$T" "$IDEM" "${TIER:-check}"
