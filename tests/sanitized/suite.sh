#!/bin/sh
# The test files of the fast tier once more by an idem built with the address and undefined-behaviour sanitizers and
# arenas that move at every growth. Only in `all`.
[ "$TIER" = all ] || exit 0
export SAN=1 DEV="${SAN_DEV:-/tmp/idem-san-test}"
sh tests/dev.sh >"$T/log" 2>&1 || { cat "$T/log"; echo "not ok builds"; exit 0; }
echo "ok builds"
export ASAN_OPTIONS=detect_leaks=0:abort_on_error=0:exitcode=99 UBSAN_OPTIONS=print_stacktrace=1
OUT="$DEV" IDEM="$DEV/idem" python3 tests/run.py files >"$T/log" 2>&1
sed -n 's/^FAIL \(.*\)/not ok \1/p' "$T/log"
if tail -n 1 "$T/log" | grep -q ' 0 failed'; then echo "ok files"; else cat "$T/log"; echo "not ok files"; fi
