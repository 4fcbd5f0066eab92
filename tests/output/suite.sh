#!/bin/sh
# How files are written: whole or not at all, by rename; what is no regular file stays what it is.
gcc -std=c11 -O1 -ffreestanding -fno-stack-protector -Isrc -I. -Iarch/x64 -nostdlib -static -o "$T/write" tests/output/write.c \
    src/tool/output.c src/tool/host.c rt/*.c src/base/softfloat.c src/base/sf_convert.c src/base/arena.c src/base/buf.c src/base/map.c arch/x64/start.S arch/x64/mem.S ||
    { echo "not ok builds"; exit 1; }
cd "$T" || exit 1
mkdir d
w=$T/write

expect() { # NAME CONDITION...
    name=$1
    shift
    if "$@"; then echo "ok $name"; else echo "not ok $name: $*"; fi
}
only() { # the folder holds just these names
    [ "$(ls -A d | tr '\n' ' ')" = "$1" ]
}

umask 027
$w d/new 0666 hello
expect writes-a-new-file [ "$(cat d/new)" = hello ]
expect umask-is-respected [ "$(stat -c %a d/new)" = 640 ]
$w d/exe 0777 x
expect executable-bit [ "$(stat -c %a d/exe)" = 750 ]
expect leaves-nothing-else only "exe new "
exec 3<d/new
$w d/new 0666 second
expect replaces-by-rename [ "$(cat <&3)" = hello -a "$(cat d/new)" = second ]
exec 3<&-
ln -s new d/link
$w d/link 0666 third
expect follows-a-link [ -L d/link -a "$(cat d/new)" = third ]
ln -s "$T/d/absent" d/dangling
$w d/dangling 0666 fourth
expect follows-a-dangling-link [ -L d/dangling -a "$(cat d/absent)" = fourth ]
rm -rf d/*

mkfifo d/fifo
cat d/fifo >got &
$w d/fifo 0666 piped
wait
expect fifo-stays-a-fifo [ -p d/fifo -a "$(cat got)" = piped ]
rm -f d/fifo
if mknod d/null c 1 3 2>/dev/null && : 2>/dev/null >d/null; then
    $w d/null 0666 nothing
    expect null-stays-a-device [ -c d/null ]
    mknod d/full c 1 7
    $w d/full 0666 more 2>err
    expect full-device-is-an-error [ $? = 1 ]
    expect full-device-is-told [ "$(cat err)" = "error: cannot write 'd/full': No space left on device" ]
    expect full-device-stays [ -c d/full ]
    rm -f d/null d/full
else
    $w /dev/full 0666 more 2>err
    expect full-device-is-an-error [ $? = 1 ]
    echo "skip null-stays-a-device mknod is denied"
fi

mkdir d/folder
$w d/folder 0666 x 2>err
expect a-folder-is-refused [ $? = 1 -a "$(cat err)" = "error: cannot write 'd/folder': Is a directory" ]
expect a-folder-leaves-nothing only "folder "
$w d/none/x 0666 x 2>err
expect no-such-folder [ "$(cat err)" = "error: cannot write 'd/none/x': No such file or directory" ]
[ "$($w - 0666 out)" = out ] && echo "ok standard-output" || echo "not ok standard-output"
$w - 0666 out >/dev/full 2>err
expect full-standard-output [ $? = 1 ]
printf old >d/kept
(ulimit -f 1; trap '' XFSZ; $w d/kept 0666 "$(head -c 100000 /dev/zero | tr '\0' x)" 2>err)
expect a-failed-write-keeps-the-old [ "$(cat d/kept)" = old ]
expect a-failed-write-removes-its-temporary only "folder kept "
expect a-failed-write-is-told [ "$(cat err)" = "error: cannot write 'd/kept': File too large" ]
exit 0
