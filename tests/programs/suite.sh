#!/bin/sh
# Programs of Debian's source packages, unmodified, built by idem against musl, pass their own tests: bzip2 and zlib.
# lua, which brings no tests in its archive, runs input/checks.lua.
# Fetched with apt-get (fetch.sh), or taken from $SOURCES/PACKAGE when that exists.
[ "$TIER" = all ] || exit 0
[ -f /usr/lib/x86_64-linux-musl/libc.a ] || { echo "skip programs: no musl"; exit 0; }
here=$PWD/tests/programs
CC="$IDEM cc" AR="$IDEM ar" RANLIB="$IDEM ranlib"
for p in bzip2 zlib lua5.4; do
    if [ -d "$SOURCES/$p" ]; then
        cp -R "$SOURCES/$p" "$T/$p"
    else
        sh "$here/fetch.sh" "$T" "$p" >"$T/log" 2>&1 || { echo "skip $p: its source cannot be fetched"; tail -3 "$T/log"; }
    fi
done

# NAME FOLDER COMMAND...: ok when the command ends well there
step() {
    name=$1 folder=$2
    shift 2
    if (cd "$folder" && timeout 300 "$@") >"$T/log" 2>&1 </dev/null; then
        echo "ok $name"
    else
        echo "not ok $name"
        tail -15 "$T/log"
        return 1
    fi
}

if [ -d "$T/bzip2" ]; then
    set -- CC="$CC" AR="$AR" RANLIB="$RANLIB" CFLAGS="-O2 -D_FILE_OFFSET_BITS=64"
    step "bzip2 builds" "$T/bzip2" make "$@" libbz2.a bzip2 bzip2recover &&
        step "bzip2: make test" "$T/bzip2" make "$@" test &&
        step "bzip2: a round trip of its own executable" "$T/bzip2" sh -c './bzip2 -k9 <bzip2 >x.bz2 && ./bzip2 -dc x.bz2 | cmp - bzip2 && ./bzip2 -t x.bz2'
fi
if [ -d "$T/zlib" ]; then
    step "zlib: configure --static" "$T/zlib" env CC="$CC" AR="$AR" RANLIB="$RANLIB" CFLAGS="-O2" ./configure --static &&
        step "zlib builds" "$T/zlib" make static &&
        step "zlib: make test" "$T/zlib" make teststatic &&
        step "zlib: infcover" "$T/zlib" sh -c 'set -e; cd test; [ -f infcover.c ] || exit 0
            '"$CC"' -I.. infcover.c ../libz.a -o infcover && ./infcover'
fi
if [ -d "$T/lua5.4" ]; then
    step "lua builds" "$T/lua5.4/src" make CC="$CC" AR="$AR rc" RANLIB="$RANLIB" CFLAGS="-O2 -DLUA_COMPAT_5_3" LIBS=-lm lua luac &&
        step "lua: checks.lua" "$T/lua5.4/src" ./lua "$here/input/checks.lua" &&
        step "lua: luac and back" "$T/lua5.4/src" sh -c "./luac -o checks.luac $here/input/checks.lua && ./lua checks.luac"
fi
exit 0
