#!/bin/sh
# Programs of Debian's source packages, unmodified, built by idem, pass their own tests: bzip2 and zlib. lua, which brings no tests in
# its archive, runs input/checks.lua. For x64 with musl; for rv64 with glibc, under qemu-riscv64.
# Fetched with apt-get (fetch.sh), or taken from $SOURCES/PACKAGE when that exists.
[ "$TIER" = all ] || exit 0
here=$PWD/tests/programs
AR="$IDEM ar" RANLIB="$IDEM ranlib"
for p in bzip2 zlib lua5.4; do
    if [ -d "$SOURCES/$p" ]; then
        cp -R "$SOURCES/$p" "$T/$p"
    else
        sh "$here/fetch.sh" "$T" "$p" >"$T/log" 2>&1 || { echo "skip $p: its source cannot be fetched"; tail -3 "$T/log"; }
    fi
done

# NAME FOLDER COMMAND...: ok when the command ends well there
step() {
    name=$label$1 folder=$work/$2
    shift 2
    if (cd "$folder" && timeout 300 "$@") >"$T/log" 2>&1 </dev/null; then
        echo "ok $name"
    else
        echo "not ok $name"
        tail -15 "$T/log"
        return 1
    fi
}

# FOLDER PROGRAM...: what runs in an emulator is put beside as PROGRAM.exe, and a script in its place
wrap() {
    folder=$work/$1
    shift
    [ -n "$emulator" ] || return 0
    for p in "$@"; do
        mv "$folder/$p" "$folder/$p.exe"
        printf '#!/bin/sh\nexec %s "$0.exe" "$@"\n' "$emulator" >"$folder/$p"
        chmod +x "$folder/$p"
    done
}

# LABEL EMULATOR COMPILER: all programs, in a folder of their own
programs() {
    label=$1 emulator=$2 CC=$3 work=$T/work
    rm -rf "$work"
    mkdir "$work"
    for p in bzip2 zlib lua5.4; do [ ! -d "$T/$p" ] || cp -R "$T/$p" "$work/"; done
    if [ -d "$T/bzip2" ]; then
        set -- CC="$CC" AR="$AR" RANLIB="$RANLIB" CFLAGS="-O2 -D_FILE_OFFSET_BITS=64"
        step "bzip2 builds" bzip2 make "$@" libbz2.a bzip2 bzip2recover &&
            wrap bzip2 bzip2 &&
            step "bzip2: make test" bzip2 make "$@" test &&
            step "bzip2: a round trip of an executable" bzip2 sh -c './bzip2 -k9 <bzip2recover >x.bz2 && ./bzip2 -dc x.bz2 | cmp - bzip2recover && ./bzip2 -t x.bz2'
    fi
    if [ -d "$T/zlib" ]; then
        step "zlib: configure --static" zlib env CC="$CC" AR="$AR" RANLIB="$RANLIB" CFLAGS="-O2" ./configure --static &&
            step "zlib builds" zlib make static &&
            wrap zlib example minigzip &&
            step "zlib: make test" zlib make teststatic &&
            step "zlib: infcover" zlib sh -c 'set -e; cd test; [ -f infcover.c ] || exit 0
                '"$CC"' -I.. infcover.c ../libz.a -o infcover && '"$emulator"' ./infcover'
    fi
    if [ -d "$T/lua5.4" ]; then
        step "lua builds" lua5.4/src make CC="$CC" AR="$AR rc" RANLIB="$RANLIB" CFLAGS="-O2 -DLUA_COMPAT_5_3" LIBS=-lm lua luac &&
            wrap lua5.4/src lua luac &&
            step "lua: checks.lua" lua5.4/src ./lua "$here/input/checks.lua" &&
            step "lua: luac and back" lua5.4/src sh -c "./luac -o checks.luac $here/input/checks.lua && ./lua checks.luac"
    fi
}

if [ -f /usr/lib/x86_64-linux-musl/libc.a ]; then
    programs "" "" "$IDEM cc"
else
    echo "skip programs: no musl"
fi
if [ -f /usr/riscv64-linux-gnu/lib/libc.a ] && command -v qemu-riscv64 >/dev/null; then
    programs "rv64: " qemu-riscv64 "$IDEM cc -target riscv64-linux-gnu"
else
    echo "skip programs for rv64: no libc6-dev-riscv64-cross or no qemu-riscv64"
fi
exit 0
