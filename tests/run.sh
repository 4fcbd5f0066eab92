#!/bin/sh
# Runs tests: tests/run.sh [-u] [check|all|SUITE|FILE]...   (nothing: check). See tests/run.py for what a test is.
cd "$(dirname "$0")/.." && exec python3 tests/run.py "$@"
