#!/bin/sh
# Programs that idem did not compile, under `idem emu`: Debian's own riscv64 executables, and programs of Debian's sources built by its
# riscv64-linux-gnu-gcc -O2, static and dynamic. Each does its work in a folder of its own: what it prints and leaves there has to be
# what it prints and leaves under qemu-riscv64, and to have a property that is told without any emulator.
# Fetched with apt-get once, to $OUT/foreign. ENGINES: options of `idem emu`, one an engine.
[ "$TIER" = all ] || exit 0
here=$PWD/tests/foreign fetch=$PWD/tests/programs/fetch.sh
cache=${FOREIGN:-$OUT/foreign}
gcc=riscv64-linux-gnu-gcc cross=/usr/riscv64-linux-gnu
mkdir -p "$cache" || exit 0

# ---- what is fetched ----
binaries="libc6 lua5.4 libreadline8t64 libtinfo6 bzip2 libbz2-1.0 xz-utils liblzma5 gzip sqlite3 libsqlite3-0 zlib1g
    cpp-14-riscv64-linux-gnu libgmp10 libisl23 libmpc3 libmpfr6 libzstd1 binutils-riscv64-linux-gnu libbinutils libctf-nobfd0 libctf0
    libjansson4 libsframe1 perl-base libcrypt1 bc busybox-static libc6-dev libsqlite3-dev"
root=$cache/debian/root
if [ "$(cat "$cache/debian/names" 2>/dev/null)" != "$binaries" ]; then
    rm -rf "$cache/debian"
    if sh "$fetch" -b riscv64 trixie "$cache/debian" $binaries >"$T/log" 2>&1; then
        echo "$binaries" >"$cache/debian/names"
    else
        rm -rf "$cache/debian"
        echo "skip Debian's riscv64 programs: they cannot be fetched"
        tail -3 "$T/log"
    fi
fi
sources="lua5.4 bzip2 tcc kissfft"
for p in $sources; do
    if [ ! -e "$cache/$p" ]; then
        if [ -d "$SOURCES/$p" ]; then
            cp -R "$SOURCES/$p" "$cache/$p"
        else
            mkdir "$T/get"
            sh "$fetch" "$T/get" "$p" >"$T/log" 2>&1 && cp -R "$T/get/$p" "$cache/$p" || {
                echo "skip $p built by $gcc: its source cannot be fetched"
                tail -3 "$T/log"
            }
            rm -rf "$T/get"
        fi
    fi
done

# ---- what is built, once, by the cross compiler: objects, then each program in the ways it is linked ----
P=$cache/built
# NAME LIBRARIES OBJECT...: P/NAME-static and P/NAME-dynamic, which is position-independent (the cross library has no rcrt1.o)
link() {
    out=$P/$1 libs=$2
    shift 2
    $gcc -static "$@" $libs -o "$out-static" && $gcc "$@" $libs -o "$out-dynamic"
}
# NAME OPTIONS FILE...: objects in an own folder
objects() {
    objs=$P/$1.o options=$2
    shift 2
    mkdir -p "$objs" && for f in "$@"; do $gcc -O2 -fPIE -w $options -c "$f" -o "$objs/$(basename "$f").o" || return 1; done
}
tcc_options="-DTCC_TARGET_RISCV64 -DONE_SOURCE=1 -DTCC_VERSION=\"0\" -I$P/tcc.o"
build_lua() {
    cd "$cache/lua5.4/src" && rm -f luac.c.o && objects lua "-DLUA_USE_POSIX" $(ls *.c | grep -v '^luac.c$') && link lua "-lm" "$P"/lua.o/*.o
}
build_bzip2() { cd "$cache/bzip2" && objects bzip2 "" blocksort.c huffman.c crctable.c randtable.c compress.c decompress.c bzlib.c bzip2.c && link bzip2 "" "$P"/bzip2.o/*.o; }
build_fft() {
    cd "$cache/kissfft" && objects fft "-I. -Dkiss_fft_scalar=double" kiss_fft.c kiss_fftr.c kiss_fftnd.c kiss_fftndr.c tools/fftutil.c &&
        link fft -lm "$P"/fft.o/*.o
}
build_tcc() {
    mkdir -p "$P/tcc.o" && : >"$P/tcc.o/config.h" && cd "$cache/tcc" && objects tcc "$tcc_options" tcc.c && link tcc "-lm -ldl" "$P/tcc.o/tcc.c.o" &&
        gcc -O1 -w $tcc_options tcc.c -o "$P/tcc-here" -lm -ldl &&
        "$P/tcc-here" -B. -Iinclude -c lib/lib-arm64.c -o "$P/tcc.o/helpers" && "$P/tcc-here" -ar rcs libtcc1.a "$P/tcc.o/helpers"
}
# Debian's archive, and Debian's linker for rv64 to link it with, for older ones do not read that archive.
build_sql() {
    lib=$root/usr/lib/riscv64-linux-gnu own=$(dirname "$($gcc -print-libgcc-file-name)")
    mkdir -p "$P" && $gcc -O2 -nostdinc -isystem "$own/include" -isystem "$root/usr/include" -isystem "$root/usr/include/riscv64-linux-gnu" \
        -c "$here/input/sql.c" -o "$P/sql.o" &&
        qemu-riscv64 -L "$root" "$root/usr/bin/riscv64-linux-gnu-ld.bfd" -static "$lib/crt1.o" "$lib/crti.o" "$P/sql.o" \
            "$lib/libsqlite3.a" --start-group "$lib/libm.a" "$lib/libc.a" "$own/libgcc.a" "$own/libgcc_eh.a" --end-group "$lib/crtn.o" \
            -o "$P/sql-static"
}
# NAME FOLDER: whether it is there, or can be built
built() {
    [ -d "$2" ] || return 1
    command -v $gcc >/dev/null || { echo "skip $1: no $gcc"; return 1; }
    [ -e "$P/$1.done" ] && return 0
    (build_"$1") >"$T/log" 2>&1 && : >"$P/$1.done" && return 0
    echo "not ok $1 builds"
    tail -5 "$T/log"
    return 1
}

# ---- running ----
qemu=qemu-riscv64
command -v $qemu >/dev/null || { echo "skip comparison with qemu-riscv64: it is not there"; qemu=; }
# PLACE FOLDER COMMANDS: to FOLDER, and there `out` and `err`
work() {
    rm -rf "$2"
    mkdir "$2"
    (cd "$2" && timeout 120 sh -c "$3"; echo "status $?") >"$T/out" 2>"$T/err" </dev/null
    mv "$T/out" "$2/out"
    mv "$T/err" "$2/err"
}
# NAME PLACE PROPERTY COMMANDS: PLACE (debian or cross) is where the libraries of dynamic guests lie, $run in the commands starts a guest.
guest() {
    case $2 in
    debian) [ -d "$root" ] || return 0; options="-L $root" ;;
    *) options="-L $cross" ;;
    esac
    case $1 in ${ONLY:-*}) ;; *) return 0 ;; esac
    if [ -n "$qemu" ]; then
        run="$qemu $options" work "$2" "$T/want" "$4"
    fi
    for engine in ${ENGINES---interp --jit}; do
        run="$IDEM emu $engine $options" work "$2" "$T/run" "$4"
        if ! why=$(cd "$T/run" && eval "$3" 2>&1); then
            echo "not ok $1 $engine: $why"
            tail -n 5 "$T/run/out" "$T/run/err"
        elif [ -n "$qemu" ] && ! why=$(diff -r "$T/want" "$T/run"); then
            echo "not ok $1 $engine: not as under qemu"
            echo "$why" | head -10
        else
            echo "ok $1 $engine"
        fi
    done
}
property() { python3 "$here/property.py" "$@"; }
export run P root cache here cross T

# What they work on: text and noise, the same every time.
python3 - "$T/text" "$T/signal" "$T/lines" <<'PY'
import random, struct, sys
rng = random.Random(7)
words = ["".join(rng.choice("etaoinshrdlu") for _ in range(rng.randrange(2, 9))) for _ in range(300)]
text = " ".join(rng.choice(words) + rng.choice(["", "", "", "\n"]) for _ in range(9000)).encode()
open(sys.argv[1], "wb").write(text + bytes(rng.randrange(256) for _ in range(5000)) + b"\0" * 20000 + text[:4000])
open(sys.argv[3], "wb").write(text + b"\n")
open(sys.argv[2], "wb").write(struct.pack("<960d", *(rng.uniform(-1, 1) for _ in range(960))))
PY

# ---- the interpreters ----
lua() { guest "$1" "$2" 'grep -q "^[0-9]* checks$" out && grep -q "^status 0" out' '$run '"$3"' '"$here/../programs/input/checks.lua"; }
if built lua "$cache/lua5.4"; then
    for how in static dynamic; do lua "lua, gcc -O2 $how" cross "$P/lua-$how"; done
fi
lua "Debian's lua5.4" debian "$root/usr/bin/lua5.4"
guest "Debian's luac5.4 and back" debian 'grep -q "^[0-9]* checks$" out' \
    '$run $root/usr/bin/luac5.4 -o c $here/../programs/input/checks.lua && $run $root/usr/bin/lua5.4 c'
guest "Debian's perl" debian 'property words $T/text' '$run $root/usr/bin/perl $here/input/words.pl $T/text'
guest "Debian's bc" debian 'property pi' 'export BC_LINE_LENGTH=0; echo "scale=150; 4*a(1); scale=0; 3^2000%10^40; scale=80; e(1); s(2)" >in; $run $root/usr/bin/bc -l in </dev/null'

# ---- the compressors: there and back, and the machine's own reads it ----
packer() {
    guest "$1" "$2" "cmp back $T/text && $5 -dc packed | cmp - $T/text && grep -q '^cut [1-9]' out" \
        'cp $T/text text; $run '"$3 $4"' -c text >packed; $run '"$3"' -dc packed >back; $run '"$3"' -t packed; head -c 3000 packed >cut; $run '"$3"' -dc cut >rest; echo "cut $?"'
}
if built bzip2 "$cache/bzip2"; then
    for how in static dynamic; do packer "bzip2, gcc -O2 $how" cross "$P/bzip2-$how" -9 bzip2; done
fi
packer "Debian's bzip2" debian "$root/usr/bin/bzip2" -1 bzip2
packer "Debian's gzip" debian "$root/usr/bin/gzip" -6n gzip
packer "Debian's xz" debian "$root/usr/bin/xz -T1" -3 xz

# ---- the databases ----
sql() { guest "$1" "$2" "property sql $here/input/database.sql" '$run '"$3"' a.db <$here/input/database.sql && $run '"$3"' a.db <$here/input/again.sql'; }
sql "Debian's sqlite3" debian "$root/usr/bin/sqlite3"
built sql "$root" && sql "Debian's libsqlite3.a, static" debian "$P/sql-static"

# ---- floating point ----
if built fft "$cache/kissfft"; then
    for how in static dynamic; do
        guest "kissfft, gcc -O2 $how" cross 'property fft $T/signal' '
            f="$run $P/fft-'$how'"
            $f -n 480 $T/signal 480 && $f -i -n 480 480 480i && $f -n 2,8,30 $T/signal nd && $f -i -n 2,8,30 nd ndi && $f -R -n 320 $T/signal real &&
                $f -R -i -n 320 real reali && $f -R -n 6,160 $T/signal ndreal'
    done
fi

# ---- the compilers: an object is what the same compiler writes here, and what is compiled runs ----
tests="22_floating_point 30_hanoi 39_typedef 41_hashif 54_goto 55_lshift_type 81_types 87_dead_code 92_enum_bitfield 93_integer_promotion
    94_generic 95_bitfields 97_utf8_string_literal 101_cleanup 103_implicit_memmove 110_average"
tcc_flags="-B$cache/tcc -I$cache/tcc/include -I$cross/include"
if built tcc "$cache/tcc"; then
    export tests tcc_flags tcc_options
    mkdir "$T/here"
    for t in $tests; do "$P/tcc-here" -w $tcc_flags -c "$cache/tcc/tests/tests2/$t.c" -o "$T/here/$t.o"; done
    for how in static dynamic; do
        guest "tcc, gcc -O2 $how: objects" cross 'for f in "$T"/here/*.o; do cmp "$f" "$(basename "$f")" || exit; done' '
            for t in $tests; do $run $P/tcc-'$how' -w $tcc_flags -c $cache/tcc/tests/tests2/$t.c -o $t.o || exit; done'
    done
    guest "tcc -run: into memory" cross 'for t in $tests; do cmp "$t.out" "$cache/tcc/tests/tests2/$t.expect" || exit; done' '
        for t in $tests; do $run $P/tcc-dynamic -w $tcc_flags -L$cross/lib -run $cache/tcc/tests/tests2/$t.c >$t.out; done; :'
    guest "tcc built by tcc builds tcc" cross 'cmp again.o tcc.o' '
        $run $P/tcc-static -w $tcc_flags $tcc_options -I$cache/tcc -c $cache/tcc/tcc.c -o tcc.o &&
        '$gcc' -static -w tcc.o $cache/tcc/libtcc1.a -o tcc -lm -ldl 2>link || exit
        rm link
        $run ./tcc -w $tcc_flags $tcc_options -I$cache/tcc -c $cache/tcc/tcc.c -o again.o'
fi
if [ -d "$root" ]; then
    lib=$(dirname "$IDEM")/lib/rv64/librt.a
    export float="$here/../cross/input/float.c" cc1="$(echo "$root"/usr/libexec/gcc/riscv64-linux-gnu/*/cc1)" lib
    "$IDEM" cc -ffreestanding -nostdlib -DWRITE=1 "$float" -lrt -o "$T/x64" && "$T/x64" >"$T/floats"
    guest "Debian's gcc: cc1, as, ld, and what they made" debian 'head -1 out | cmp - "$T/floats"' '
        bin=$root/usr/bin/riscv64-linux-gnu
        $run $cc1 -quiet -O2 -march=rv64gc -mabi=lp64d -ffreestanding -DWRITE=64 $float -o f.s && $run $bin-as -march=rv64gc f.s -o f.o &&
            $run $bin-ld.bfd f.o $lib -o f && $run ./f && $run $bin-objdump -d f >f.text'
fi

# ---- static as Debian built it ----
b=$root/usr/bin/busybox
export b
guest "Debian's busybox, static: sha256sum" debian 'sha256sum "$T/text" >sum; head -1 out | cmp - sum; s=$?; rm sum; [ $s = 0 ]' '$run $b sha256sum $T/text'
guest "Debian's busybox, static: sort, awk, gzip, sh" debian 'LC_ALL=C sort "$T/lines" | cmp - sorted && gzip -dc packed.gz | cmp - "$T/text" && grep -qx 50005000 out' '
    cp $T/text packed; $run $b gzip packed && $run $b sort $T/lines >sorted &&
        $run $b awk "BEGIN { for (i = 1; i <= 10000; i++) s += i; printf \"%d\n%.12f %s\n\", s, s / 7, substr(\"abcdef\", 2, 3) }" &&
        $run $b sh -c "i=0; while [ \$i -lt 2000 ]; do i=\$((i + 1)); case \$i in *99) printf \"%d \" \$i ;; esac; done; echo"'
exit 0
