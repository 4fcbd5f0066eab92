#!/bin/sh
# README.md and doc/*.md against the tree and the tool (check.py): links, paths, commands, and every ```sh block is run.
command -v python3 >/dev/null || { echo "skip doc: no python3"; exit 0; }
exec python3 tests/doc/check.py "$T" "$IDEM" "${TIER:-check}"
