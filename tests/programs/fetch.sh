#!/bin/sh
# fetch.sh FOLDER PACKAGE...: upstream's own source archive of Debian source packages, unpacked to FOLDER/PACKAGE.
# fetch.sh -b ARCHITECTURE RELEASE FOLDER PACKAGE...: Debian's binary packages instead, unpacked together to FOLDER/root.
# Uses apt's ordinary client, which verifies what it gets, with a private configuration that asks the machine's own mirrors.
# Fails when they cannot be had.
set -e
binary= release=
if [ "$1" = -b ]; then
    binary=$2 release=$3
    shift 3
fi
dir=$1
shift
command -v apt-get >/dev/null
mkdir -p "$dir/apt/parts" "$dir/apt/lists/partial" "$dir/apt/cache/archives/partial"
: >"$dir/apt/status"
rm -f "$dir"/apt/parts/*
if [ -n "$binary" ]; then
    # The main archive in that release; its updates and others have names that are made differently.
    sources='/^Types:/s/:.*/: deb/;s|^Suites: *[a-z]*[ -].*|Suites: '$release'|;s|^Suites: *[a-z]*$|Suites: '$release'|'
    lines='s|^deb  *\(\[[^]]*\]  *\)\{0,1\}\([^ ]*/debian/\{0,1\}\)  *[a-z]*  *main.*|deb \1\2 '$release' main|p'
else
    sources='s/^Types:.*/Types: deb-src/'
    lines='s/^deb \(.*\)/deb-src \1/p'
fi
for f in /etc/apt/sources.list.d/*.sources; do
    [ ! -f "$f" ] || sed "$sources" "$f" >"$dir/apt/parts/${f##*/}"
done
for f in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ ! -f "$f" ] || sed -n "$lines" "$f" | sort -u >"$dir/apt/parts/${f##*/}.list"
done
conf="-o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts=$dir/apt/parts -o Dir::State::lists=$dir/apt/lists
    -o Dir::Cache=$dir/apt/cache -o APT::Sandbox::User=root -o Acquire::Retries=2 -o Acquire::http::Timeout=20"
if [ -n "$binary" ]; then
    conf="$conf -o Dir::State::status=$dir/apt/status -o APT::Architecture=$binary -o APT::Architectures=$binary"
    timeout 120 apt-get $conf -qq update || :          # an archive that has not this release is told, and does without
    mkdir -p "$dir/debs" "$dir/root/usr/lib"
    ln -sfn usr/lib "$dir/root/lib"
    (cd "$dir/debs" && timeout 300 apt-get $conf -qq download "$@")
    for f in "$dir"/debs/*.deb; do dpkg-deb -x "$f" "$dir/root"; done
    rm -rf "$dir/debs" "$dir/apt"
    exit 0
fi
timeout 120 apt-get $conf -qq update
for p in "$@"; do
    mkdir -p "$dir/$p.orig"
    (cd "$dir/$p.orig" && timeout 120 apt-get $conf -qq source --download-only "$p")
    python3 - "$dir/$p.orig" "$dir/$p" <<'PY'
import glob, os, sys, tarfile
archive, = glob.glob(sys.argv[1] + "/*.orig.tar.*[z2]")
inside = sys.argv[1] + "/unpacked"
tarfile.open(archive).extractall(inside)
names = os.listdir(inside)
os.rename(os.path.join(inside, names[0]) if len(names) == 1 else inside, sys.argv[2])
PY
done
