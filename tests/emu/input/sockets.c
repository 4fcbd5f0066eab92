/* Sockets: pairs, names, streams and datagrams of both kinds, options, messages with descriptors, ends, waits of several threads, one
 * whose buffers are full, timeouts, interrupted waits; accept, connect. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define SHOW(x) printf("%s: %ld\n", #x, (long)(x))
#define FAILS(x) (errno = 0, r = (x), printf("%s: %ld, %d\n", #x, r, errno))
static long r;
static volatile int got;
static void on(int s) { got++; }

static long sum(const unsigned char *p, long n)
{
    long s = 0;
    for (long i = 0; i < n; i++)
        s += p[i] * (i % 251 + 1);
    return s;
}

enum { BIG = 3 << 20 };
static unsigned char big[BIG], in[BIG];

static void *sends(void *p)
{
    long n = send(*(int *)p, big, BIG, 0);
    shutdown(*(int *)p, SHUT_WR);
    return (void *)n;
}

static void *serves(void *p)
{
    for (int i = 0; i < 3; i++) {
        struct sockaddr_in who;
        socklen_t n = sizeof who;
        int c = accept(*(int *)p, (struct sockaddr *)&who, &n);
        char b[100];
        long k = recv(c, b, sizeof b, 0);
        for (long j = 0; j < k; j++)
            b[j] ^= 32;
        send(c, b, k, 0);
        close(c);
    }
    return NULL;
}

static void *waits_all(void *p)
{
    char b[8] = "";
    long n = recv(*(int *)p, b, 6, MSG_WAITALL);
    printf("all %ld %s\n", n, b);
    return NULL;
}

static void pass_descriptor(void)
{
    int s[2], p[2];
    char b[10] = "", c[CMSG_SPACE(2 * sizeof(int))];
    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, s);
    pipe(p);
    struct iovec v[2] = { { "ab", 2 }, { "cde", 3 } }, w[3] = { { b, 1 }, { b + 1, 2 }, { b + 3, 7 } };
    struct msghdr m = { .msg_iov = v, .msg_iovlen = 2, .msg_control = c, .msg_controllen = sizeof c }, n = { .msg_iov = w, .msg_iovlen = 3 };
    memset(c, 0, sizeof c);
    struct cmsghdr *h = CMSG_FIRSTHDR(&m);
    h->cmsg_level = SOL_SOCKET;
    h->cmsg_type = SCM_RIGHTS;
    h->cmsg_len = CMSG_LEN(2 * sizeof(int));
    memcpy(CMSG_DATA(h), p, sizeof p);
    SHOW(sendmsg(s[0], &m, 0));
    close(p[0]);
    close(p[1]);
    memset(c, 0, sizeof c);
    n.msg_control = c;
    n.msg_controllen = sizeof c;
    SHOW(recvmsg(s[1], &n, MSG_CMSG_CLOEXEC));
    h = CMSG_FIRSTHDR(&n);
    printf("%s %ld %d %d\n", b, (long)n.msg_controllen, h->cmsg_type, n.msg_flags & ~MSG_CMSG_CLOEXEC);
    memcpy(p, CMSG_DATA(h), sizeof p);
    write(p[1], "through", 7);
    read(p[0], b, 7);
    printf("%.7s %d\n", b, fcntl(p[0], F_GETFD));
    close(s[0]);
    n.msg_controllen = 0;
    SHOW(recvmsg(s[1], &n, 0));
    n.msg_iovlen = 2000;
    FAILS(recvmsg(s[1], &n, 0));
    FAILS(sendmsg(s[1], (void *)8, 0));
}

static void many(void)
{
    int s[2];
    char b[3][10];
    struct iovec v[3] = { { "one", 3 }, { "two!", 4 }, { "three", 5 } }, w[3] = { { b[0], 10 }, { b[1], 10 }, { b[2], 10 } };
    struct mmsghdr m[3], n[3];
    memset(m, 0, sizeof m);
    memset(n, 0, sizeof n);
    for (int i = 0; i < 3; i++) {
        m[i].msg_hdr.msg_iov = &v[i];
        n[i].msg_hdr.msg_iov = &w[i];
        m[i].msg_hdr.msg_iovlen = n[i].msg_hdr.msg_iovlen = 1;
    }
    socketpair(AF_UNIX, SOCK_DGRAM, 0, s);
    SHOW(sendmmsg(s[0], m, 3, 0));
    SHOW(m[1].msg_len);
    SHOW(recvmmsg(s[1], n, 3, 0, NULL));
    printf("%.*s %.*s %.*s\n", n[0].msg_len, b[0], n[1].msg_len, b[1], n[2].msg_len, b[2]);
    close(s[0]);
    close(s[1]);
}

int main(void)
{
    int s[2], one = 1, v = 0;
    char b[200] = "";
    socklen_t n;
    pthread_t t;
    void *result;
    setbuf(stdout, NULL);
    for (long i = 0; i < BIG; i++)
        big[i] = i * 31 + i / 4096;
    SHOW(socketpair(AF_UNIX, SOCK_STREAM, 0, s));
    SHOW(send(s[0], "hello", 5, 0));
    SHOW(recv(s[1], b, 3, MSG_PEEK));
    SHOW(recv(s[1], b, 100, 0));
    printf("%s\n", b);
    FAILS(recv(s[1], b, 100, MSG_DONTWAIT));
    SHOW(write(s[1], "by write", 8));
    SHOW(read(s[0], b, 100));
    FAILS(recv(s[1], (void *)8, 100, MSG_DONTWAIT));
    FAILS(send(s[1], (void *)8, 100, 0));
    n = sizeof v;
    SHOW(getsockopt(s[0], SOL_SOCKET, SO_TYPE, &v, &n));
    SHOW(v);
    FAILS(getsockopt(s[0], SOL_SOCKET, 12345, &v, &n));
    FAILS(bind(1, NULL, 0));
    FAILS(socket(12345, SOCK_STREAM, 0));
    struct ucred cred;
    n = sizeof cred;
    SHOW(getsockopt(s[0], SOL_SOCKET, SO_PEERCRED, &cred, &n));
    SHOW(cred.pid == getpid() && n == sizeof cred);
    close(s[1]);
    signal(SIGPIPE, on);
    FAILS(send(s[0], "x", 1, MSG_NOSIGNAL));
    SHOW(got);
    FAILS(send(s[0], "x", 1, 0));
    SHOW(got);
    close(s[0]);
    pass_descriptor();
    many();

    /* more than its buffers hold, to another thread; and bytes that come in parts */
    socketpair(AF_UNIX, SOCK_STREAM, 0, s);
    pthread_create(&t, NULL, sends, &s[0]);
    long k = 0, m;
    while ((m = recv(s[1], in + k, 70000, 0)) > 0)
        k += m;
    pthread_join(t, &result);
    printf("big %ld %ld %d\n", k, (long)result, sum(big, BIG) == sum(in, BIG));
    pthread_create(&t, NULL, waits_all, &s[0]);
    usleep(20000);
    send(s[1], "abc", 3, 0);
    usleep(20000);
    send(s[1], "def", 3, 0);
    pthread_join(t, NULL);
    close(s[0]);
    close(s[1]);

    /* names in the file system */
    struct sockaddr_un un = { AF_UNIX, "socket" }, who;
    int l = socket(AF_UNIX, SOCK_STREAM, 0), c, a;
    unlink("socket");
    SHOW(bind(l, (void *)&un, sizeof un));
    FAILS(bind(l, (void *)&un, sizeof un));
    SHOW(listen(l, 1));
    c = socket(AF_UNIX, SOCK_STREAM, 0);
    SHOW(connect(c, (void *)&un, sizeof un));
    n = sizeof who;
    a = accept4(l, (void *)&who, &n, SOCK_NONBLOCK);
    printf("accepted %d %d %d\n", a > 2, (int)n, !!(fcntl(a, F_GETFL) & O_NONBLOCK));
    n = sizeof who;
    SHOW(getpeername(c, (void *)&who, &n));
    printf("%s\n", who.sun_path);
    n = 4;
    SHOW(getsockname(l, (void *)&who, &n));
    SHOW(n);
    FAILS(accept4(a, NULL, NULL, 0));
    close(a);
    SHOW(recv(c, b, 1, 0));
    close(c);
    close(l);
    c = socket(AF_UNIX, SOCK_STREAM, 0);
    FAILS(connect(c, (void *)&un, sizeof un));
    unlink("socket");
    FAILS(connect(c, (void *)&un, sizeof un));
    close(c);

    /* TCP */
    struct sockaddr_in in4 = { AF_INET, 0, { htonl(INADDR_LOOPBACK) } };
    l = socket(AF_INET, SOCK_STREAM, 0);
    SHOW(setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one));
    SHOW(bind(l, (void *)&in4, sizeof in4));
    n = sizeof in4;
    getsockname(l, (void *)&in4, &n);
    SHOW(listen(l, 5));
    pthread_create(&t, NULL, serves, &l);
    for (int i = 0; i < 3; i++) {
        c = socket(AF_INET, SOCK_STREAM, 0);
        setsockopt(c, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        r = connect(c, (void *)&in4, sizeof in4);
        send(c, "Shout", 5, 0);
        k = recv(c, b, sizeof b, 0);
        printf("tcp %ld %.*s %ld\n", r, (int)k, b, (long)recv(c, b, 1, 0));
        close(c);
    }
    pthread_join(t, NULL);
    pid_t pid = fork();
    if (!pid) {
        c = socket(AF_INET, SOCK_STREAM, 0);
        connect(c, (void *)&in4, sizeof in4);
        dprintf(c, "from a process");
        _exit(0);
    }
    a = accept(l, NULL, NULL);
    k = recv(a, b, 14, MSG_WAITALL);
    printf("%.*s\n", (int)k, b);
    wait(NULL);
    close(l);
    c = socket(AF_INET, SOCK_STREAM, 0);
    FAILS(connect(c, (void *)&in4, sizeof in4));
    close(c);

    /* UDP */
    int u = socket(AF_INET, SOCK_DGRAM, 0), w = socket(AF_INET, SOCK_DGRAM, 0);
    in4.sin_port = 0;
    bind(u, (void *)&in4, sizeof in4);
    n = sizeof in4;
    getsockname(u, (void *)&in4, &n);
    SHOW(sendto(w, "datagram", 8, 0, (void *)&in4, sizeof in4));
    SHOW(sendto(w, "", 0, 0, (void *)&in4, sizeof in4));
    struct sockaddr_in from;
    n = sizeof from;
    memset(b, 0, sizeof b);
    SHOW(recvfrom(u, b, 4, MSG_TRUNC, (void *)&from, &n));
    printf("%s %d %d %x\n", b, (int)n, from.sin_family, ntohl(from.sin_addr.s_addr));
    SHOW(recvfrom(u, b, 4, 0, NULL, NULL));

    /* waits that end otherwise */
    struct timeval tv = { 0, 30000 };
    setsockopt(u, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv);
    FAILS(recv(u, b, 4, 0));
    tv.tv_usec = 0;
    setsockopt(u, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv);
    struct sigaction sa = { .sa_handler = on };
    sigaction(SIGALRM, &sa, NULL);
    struct itimerval it = { { 0, 0 }, { 0, 20000 } };
    setitimer(ITIMER_REAL, &it, NULL);
    FAILS(recv(u, b, 4, 0));
    struct pollfd p = { u, POLLIN | POLLOUT, 0 };
    SHOW(poll(&p, 1, 100));
    SHOW(p.revents == POLLOUT);
    SHOW(ioctl(u, FIONREAD, &v));
    SHOW(v);
    return 0;
}
