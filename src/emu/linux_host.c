/* linux_host: calls of the generic table as numbers of the host this is compiled for: both tables are sys.def, the same names in each. */
#include "emu/emu.h"

/* What the emulator asks of the host. */
#define CALLS(X) \
    X(getcwd) X(dup) X(dup3) X(fcntl) X(ioctl) X(flock) X(mknodat) X(mkdirat) X(unlinkat) X(symlinkat) X(linkat) \
    X(statfs) X(fstatfs) X(truncate) X(ftruncate) X(fallocate) X(faccessat) X(chdir) X(fchdir) X(fchmod) \
    X(fchmodat) X(fchownat) X(fchown) X(openat) X(close) X(pipe2) X(getdents64) X(lseek) X(readv) X(writev) \
    X(pread64) X(preadv) X(pwritev) X(sendfile) X(pselect6) X(ppoll) X(readlinkat) X(sync) X(fsync) X(fdatasync) \
    X(utimensat) X(nanosleep) X(clock_gettime) X(clock_getres) X(clock_nanosleep) X(sched_getaffinity) \
    X(sched_yield) X(kill) X(rt_sigaction) X(getpriority) X(getresuid) X(getresgid) X(times) X(setpgid) \
    X(getpgid) X(getsid) X(uname) X(getrusage) X(umask) X(gettimeofday) X(getpid) X(getppid) X(getuid) X(geteuid) \
    X(getgid) X(getegid) X(sysinfo) X(fadvise64) X(prlimit64) X(renameat2) X(getrandom) X(statx) X(faccessat2) \
    X(clone) X(execve) X(wait4) X(waitid) X(setsid) X(tgkill) X(rt_sigprocmask) X(rt_sigpending) X(rt_sigtimedwait) X(signalfd4) \
    X(getitimer) X(setitimer) X(memfd_create) X(eventfd2) X(close_range) X(getgroups) X(setpriority) \
    X(socket) X(socketpair) X(bind) X(listen) X(connect) X(accept4) X(getsockname) X(getpeername) X(sendmsg) X(recvmsg) X(shutdown) \
    X(setsockopt) X(getsockopt) X(epoll_create1) X(epoll_ctl) X(epoll_pwait) X(timerfd_create) X(timerfd_settime) X(timerfd_gettime) \
    X(timer_create) X(timer_settime) X(timer_gettime) X(timer_getoverrun) X(timer_delete) X(inotify_init1) X(inotify_add_watch) \
    X(inotify_rm_watch) X(setxattr) X(lsetxattr) X(fsetxattr) X(getxattr) X(lgetxattr) X(fgetxattr) X(listxattr) X(llistxattr) \
    X(flistxattr) X(removexattr) X(lremovexattr) X(fremovexattr) X(copy_file_range) X(splice) X(tee) X(pidfd_open) X(pidfd_send_signal) \
    X(prctl) X(personality) X(sched_setaffinity) X(sched_getscheduler) X(sched_setscheduler) X(sched_getparam) X(sched_setparam) \
    X(sched_get_priority_max) X(sched_get_priority_min) X(setuid) X(setgid) X(setreuid) X(setregid) X(setresuid) X(setresgid) \
    X(setfsuid) X(setfsgid) X(chroot) X(syncfs) X(readahead) X(openat2) \
    X(mmap) X(mremap) X(msync) X(mincore) X(futex) X(mprotect) X(munmap) X(madvise) X(sigaltstack)

#define SYS(name, number) GUEST_##name = number,
enum GuestCall {
#include "arch/rv64/sys.def"
    GUEST_END_OF_TABLE = -1
};
#undef SYS
#define SYS(name, number) HOST_##name = number,
enum HostCall {
#include "sys.def"
    HOST_END_OF_TABLE = -1
};
#undef SYS

#define CASE(name) case GUEST_##name: return HOST_##name;

long emu_host_call(long call)
{
    switch (call) {
    CALLS(CASE)
    default:
        return -1;
    }
}
