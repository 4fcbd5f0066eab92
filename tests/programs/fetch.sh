#!/bin/sh
# fetch.sh FOLDER PACKAGE...: upstream's own source archive of Debian source packages, unpacked to FOLDER/PACKAGE. Uses apt's
# ordinary client with a private configuration that asks the machine's own mirrors for sources. Fails when they cannot be had.
set -e
dir=$1
shift
command -v apt-get >/dev/null
mkdir -p "$dir/apt/parts" "$dir/apt/lists/partial" "$dir/apt/cache/archives/partial"
for f in /etc/apt/sources.list.d/*.sources; do
    [ ! -f "$f" ] || sed 's/^Types:.*/Types: deb-src/' "$f" >"$dir/apt/parts/${f##*/}"
done
for f in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ ! -f "$f" ] || sed -n 's/^deb \(.*\)/deb-src \1/p' "$f" >"$dir/apt/parts/${f##*/}"
done
conf="-o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts=$dir/apt/parts -o Dir::State::lists=$dir/apt/lists
    -o Dir::Cache=$dir/apt/cache -o APT::Sandbox::User=root -o Acquire::Retries=2 -o Acquire::http::Timeout=20"
timeout 120 apt-get $conf -qq update
for p in "$@"; do
    mkdir -p "$dir/$p.orig"
    (cd "$dir/$p.orig" && timeout 120 apt-get $conf -qq source --download-only "$p")
    python3 - "$dir/$p.orig" "$dir/$p" <<'PY'
import glob, os, sys, tarfile
archive, = glob.glob(sys.argv[1] + "/*.orig.tar.*[z2]")
tarfile.open(archive).extractall(sys.argv[1])
top, = [e.path for e in os.scandir(sys.argv[1]) if e.is_dir()]
os.rename(top, sys.argv[2])
PY
done
