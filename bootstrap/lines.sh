#!/bin/sh
# Prints the lines of each room: what an auditor has to read.
cd "$(dirname "$0")/.." || exit 1
printf '%-14s %6s %6s %6s\n' room files lines code
all_files=0 all_lines=0 all_code=0
count() { # NAME FILE...
    name=$1 files=0 lines=0 code=0
    shift
    for f in "$@"; do
        [ -f "$f" ] || continue
        files=$((files + 1))
        lines=$((lines + $(wc -l <"$f")))
        # Lines that are neither empty nor wholly comment.
        case $f in
        *.sh) code=$((code + $(grep -c '^ *[^#[:space:]]' "$f"))) ; continue ;;
        esac
        code=$((code + $(sed -e 's:/\*.*\*/::g' -e '/\/\*/,/\*\//d' "$f" | grep -c '[^[:space:]]')))
    done
    [ "$files" != 0 ] || return 0
    all_files=$((all_files + files)) all_lines=$((all_lines + lines)) all_code=$((all_code + code))
    printf '%-14s %6d %6d %6d\n' "$name" "$files" "$lines" "$code"
}
count rt rt/*.[chS]
count rt/include rt/include/*.h
for d in src/*/; do count "${d%/}" "$d"*.[ch] "$d"*.def; done
count src src/*.[ch]
count arch arch/*.[ch]
for d in arch/*/; do count "${d%/}" "$d"*.[chS] "$d"*.def; done
count stage0 stage0/*.c
count build.sh build.sh
printf '%-14s %6d %6d %6d\n' all "$all_files" "$all_lines" "$all_code"
