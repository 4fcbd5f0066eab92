/* Files, folders, links, descriptors, times. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#define SHOW(x) printf("%s: %ld\n", #x, (long)(x))
#define FAILS(x) (errno = 0, printf("%s: %ld, %s\n", #x, (long)(x), strerror(errno)))

int main(void)
{
    struct stat st;
    char b[100], big[3 * 4096 + 7];
    SHOW(mkdir("d", 0755));
    FAILS(mkdir("d", 0755));
    int fd = open("d/a", O_RDWR | O_CREAT | O_EXCL, 0640);
    SHOW(fd > 2);
    for (size_t i = 0; i < sizeof big; i++)
        big[i] = (char)(i % 251);
    SHOW(write(fd, big, sizeof big));
    memset(big, 0, sizeof big);
    SHOW(lseek(fd, 1, SEEK_SET));
    SHOW(read(fd, big + 1, sizeof big));
    SHOW(big[sizeof big - 1] == (char)((sizeof big - 1) % 251));
    struct iovec v[3] = { { b, 3 }, { NULL, 0 }, { b + 10, 5 } };
    SHOW(preadv(fd, v, 3, 250));
    SHOW(b[0] == (char)250 && b[1] == 0 && b[10] == 2 && b[14] == 6);
    SHOW(pwrite(fd, "hello", 5, 100000));
    SHOW(fstat(fd, &st));
    SHOW(st.st_size);
    SHOW(st.st_mode);
    SHOW(st.st_nlink);
    SHOW(ftruncate(fd, 10));
    SHOW(fchmod(fd, 0600));
    SHOW(link("d/a", "d/b"));
    SHOW(symlink("b", "d/c"));
    SHOW(readlink("d/c", b, sizeof b));
    SHOW(stat("d/c", &st));
    SHOW(st.st_size);
    SHOW(st.st_nlink);
    SHOW(lstat("d/c", &st));
    SHOW(S_ISLNK(st.st_mode));
    struct timespec times[2] = { { 1000, 5 }, { 2000, 123456789 } };
    SHOW(utimensat(AT_FDCWD, "d/a", times, 0));
    SHOW(stat("d/a", &st));
    SHOW(st.st_atim.tv_sec);
    SHOW(st.st_mtim.tv_nsec);
    SHOW(rename("d/b", "d/e"));
    SHOW(access("d/e", R_OK));
    FAILS(access("d/b", F_OK));
    FAILS(open("d/a/x", O_RDONLY));
    FAILS(open("d", O_WRONLY));
    SHOW(open("d", O_RDONLY | O_DIRECTORY) > 0);
    FAILS(open("d/a", O_RDONLY | O_DIRECTORY));
    FAILS(open("d/c", O_RDONLY | O_NOFOLLOW));
    FAILS(read(fd, (void *)16, 4));
    FAILS(open((char *)16, O_RDONLY));
    FAILS(close(77));
    DIR *d = opendir("d");
    int n = 0, sum = 0;
    for (struct dirent *e; (e = readdir(d)); n++)
        sum += e->d_name[0];
    closedir(d);
    SHOW(n);
    SHOW(sum);
    int fd2 = dup(fd), p[2];
    SHOW(fcntl(fd2, F_SETFD, FD_CLOEXEC));
    SHOW(fcntl(fd2, F_GETFD));
    SHOW(fcntl(fd2, F_GETFL) & O_ACCMODE);
    struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 5 };
    SHOW(fcntl(fd, F_SETLK, &l));
    SHOW(pipe2(p, O_NONBLOCK));
    FAILS(read(p[0], b, 1));
    SHOW(write(p[1], "12345", 5));
    SHOW((ioctl(p[0], FIONREAD, &n), n));
    struct pollfd polls[2] = { { p[0], POLLIN, 0 }, { p[1], POLLIN, 0 } };
    SHOW(poll(polls, 2, 10));
    SHOW(polls[0].revents);
    fd_set set;
    FD_ZERO(&set);
    FD_SET(p[0], &set);
    SHOW(select(p[0] + 1, &set, NULL, NULL, NULL));
    SHOW(FD_ISSET(p[0], &set) != 0);
    FAILS(isatty(p[0]));
    SHOW(dup2(p[0], 20));
    SHOW(read(20, b, 100));
    SHOW(chdir("d"));
    SHOW(strcmp(getcwd(NULL, 0) + strlen(getcwd(NULL, 0)) - 2, "/d"));
    SHOW(unlink("a") + unlink("c") + unlink("e"));
    SHOW(chdir(".."));
    SHOW(rmdir("d"));
    struct utsname u;
    SHOW(uname(&u));
    puts(u.machine);
    struct timespec t, t2;
    SHOW(clock_gettime(CLOCK_MONOTONIC, &t));
    SHOW(usleep(2000));
    clock_gettime(CLOCK_MONOTONIC, &t2);
    SHOW((t2.tv_sec - t.tv_sec) * 1000000000L + t2.tv_nsec - t.tv_nsec >= 2000000);
    struct rlimit r;
    SHOW(getrlimit(RLIMIT_STACK, &r));
    SHOW(r.rlim_cur);
    struct rusage usage;
    SHOW(getrusage(RUSAGE_SELF, &usage));
    n = (int)readlink("/proc/self/exe", b, sizeof b);
    SHOW(n > 5 && memcmp(b + n - 5, "files", 5) == 0);
    return 0;
}
