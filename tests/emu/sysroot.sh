#!/bin/sh
# -L: names that are there below the sysroot: files, links, folders, programs; others stay the host's. sysroot.sh IDEM FOLDER GCC
idem=$1 dir=$2 gcc=$3
check() {
    if [ "$2" = 0 ]; then echo "ok sysroot-$1"; else echo "not ok sysroot-$1: $3"; fi
}
mkdir -p "$dir/root/only/there" "$dir/root/etc" "$dir/root/tmp" "$dir/root/bin" || exit 0
echo below >"$dir/root/only/there/file"
echo ours >"$dir/root/etc/passwd"
ln -s /only/there/file "$dir/root/only/absolute"
ln -s there/file "$dir/root/only/relative"
ln -s /only/nothing "$dir/root/only/dangling"
ln -s loop "$dir/root/only/loop"
cat >"$dir/names.c" <<'END2'
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
static void look(const char *p)
{
    char b[100] = "", l[100] = "";
    struct stat st, ls;
    struct statx sx;
    int fd = open(p, O_RDONLY), n = fd < 0 ? -1 : read(fd, b, 5);
    int s = stat(p, &st), t = lstat(p, &ls), x = statx(AT_FDCWD, p, 0, STATX_BASIC_STATS, &sx), r = readlink(p, l, sizeof l - 1);
    printf("%s: %d '%s' stat %d %o lstat %d %o statx %d access %d link %d %s\n", p, n, n > 0 ? b : "", s, s ? 0 : st.st_mode >> 12, t,
           t ? 0 : ls.st_mode >> 12, x, access(p, R_OK), r, l);
    close(fd);
}
int main(int argc, char **argv)
{
    if (argc > 1)
        return printf("program %s %s\n", argv[0], argv[1]), 5;
    setbuf(stdout, NULL);
    look("/only/there/file");
    look("/only/absolute");
    look("/only/relative");
    look("/only/dangling");
    look("/only/loop");
    look("/only/there");
    look("/etc/passwd");
    look("/only/nothing");
    look("only/there/file");
    DIR *d = opendir("/only");
    int n = 0;
    for (struct dirent *e; d && (e = readdir(d)); )
        n += e->d_name[0] != '.';
    printf("%d names\n", n);
    d = opendir("/tmp");       /* the host's: what is put there is found there */
    int fd = open("/tmp/", O_TMPFILE | O_RDWR, 0600);
    printf("%d %d\n", d != NULL, fd >= 0);
    struct stat a, b;
    stat("/", &a);
    stat("/proc/self/root/.", &b);
    printf("%d %d\n", a.st_ino == b.st_ino, access("/dev/null", W_OK));
    if (!fork()) {
        char *args[] = { "name", "x", NULL };
        execv("/bin/prog", args);
        _exit(1);
    }
    int s;
    wait(&s);
    printf("%d\n", WEXITSTATUS(s));
    if (!fork()) {
        char *args[] = { "name", NULL };
        execv("/bin/script", args);
        _exit(1);
    }
    wait(&s);
    printf("%d\n", WEXITSTATUS(s));
    return 0;
}
END2
cat >"$dir/want" <<'END2'
/only/there/file: 5 'below' stat 0 10 lstat 0 10 statx 0 access 0 link -1 
/only/absolute: 5 'below' stat 0 10 lstat 0 12 statx 0 access 0 link 16 /only/there/file
/only/relative: 5 'below' stat 0 10 lstat 0 12 statx 0 access 0 link 10 there/file
/only/dangling: -1 '' stat -1 0 lstat 0 12 statx -1 access -1 link 13 /only/nothing
/only/loop: -1 '' stat -1 0 lstat 0 12 statx -1 access -1 link 4 loop
/only/there: -1 '' stat 0 4 lstat 0 4 statx 0 access 0 link -1 
/etc/passwd: 5 'ours
' stat 0 10 lstat 0 10 statx 0 access 0 link -1 
/only/nothing: -1 '' stat -1 0 lstat -1 0 statx -1 access -1 link -1 
only/there/file: -1 '' stat -1 0 lstat -1 0 statx -1 access -1 link -1 
5 names
1 1
1 0
program name x
5
program /bin/prog argument
5
status 0
END2
$gcc -w -O1 -static "$dir/names.c" -o "$dir/names" && cp "$dir/names" "$dir/root/bin/prog" || exit 0
printf '#!/bin/prog argument\n' >"$dir/root/bin/script"
chmod +x "$dir/root/bin/script"
for engine in --auto --checked --interp; do
    (cd "$dir" && timeout 20 "$idem" emu $engine -L "$dir/root" ./names 2>&1; echo "status $?") >"$dir/got"
    cmp -s "$dir/got" "$dir/want"
    check "names $engine" $? "$(diff "$dir/got" "$dir/want" | head -6)"
done
# a dynamic program, its interpreter and libraries below the sysroot; without any, the host's
lib=/usr/riscv64-linux-gnu/lib
[ -e $lib/ld-linux-riscv64-lp64d.so.1 ] || exit 0
mkdir -p "$dir/root/lib" && cp $lib/ld-linux-riscv64-lp64d.so.1 $lib/libc.so.6 "$dir/root/lib/" && $gcc -w -O1 "$dir/names.c" -o "$dir/dynamic"
[ "$(timeout 20 "$idem" emu -L "$dir/root" "$dir/dynamic" a)" = "program $dir/dynamic a" ]
check dynamic $? "status"
timeout 20 "$idem" emu --strace -L "$dir/root" "$dir/dynamic" a 2>&1 | grep -q 'openat.*/libc.so.6'
check opens-its-library $? "no openat"
exit 0
