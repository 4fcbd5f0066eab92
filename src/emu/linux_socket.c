/* linux_socket: sockets. Addresses, options and ancillary data are the host's: their layout is that of every 64-bit Linux, and descriptors
 * in them are the guest's own. What would wait while others could run is done without waiting, until it can be done. */
#include "emu/linux.h"

enum { SOL_SOCKET = 1, SO_TYPE = 3, SO_ERROR = 4, SO_RCVTIMEO = 20, SO_SNDTIMEO = 21, SO_ATTACH_FILTER = 26, SO_ATTACH_REUSEPORT = 51,
       SOCK_STREAM = 1, MSG_PEEK = 2, MSG_DONTWAIT = 0x40, MSG_WAITALL = 0x100, MSG_NOSIGNAL = 0x4000, MSG_CMSG_CLOEXEC = 0x40000000,
       MAX_ADDRESS = 128, MAX_OPTION = 65536, MAX_BUFFER = 1 << 20, MAX_SENT = 1 << 26, MAX_VECTORS = 1024, MAX_CONTROL = 65536,
       MAX_MESSAGES = 1024, POLL_IN = 1, POLL_OUT = 4, EMU_ENOPROTOOPT = 92, EMU_EMSGSIZE = 90, EMU_ENOBUFS = 105, EMU_EINPROGRESS = 115 };

typedef struct Vector { uint64_t at, n; } Vector;  /* struct iovec */
typedef struct Message {       /* struct msghdr */
    uint64_t name;
    uint32_t name_size, gap;
    uint64_t vectors, nvectors, control, control_size;
    int32_t flags;
    uint32_t gap2;
} Message;

static bool waits(Emu *e, uint64_t fd, uint64_t flags)
{
    enum { F_GETFL = 3, NONBLOCK = 0x800 };
    long now = emu_os3(e, GUEST_fcntl, fd, F_GETFL, 0);
    return emu_careful(e) && !(flags & MSG_DONTWAIT) && now >= 0 && !(now & NONBLOCK);
}

/* The call is done again when fd is ready; EAGAIN when the socket's own timeout is over. */
static long again_when(Emu *e, uint64_t fd, int events)
{
    EmuWait *w = &e->os_state->thread->wait;
    int64_t time[2] = { 0, 0 }, deadline = w->again ? w->deadline : INT64_MAX;
    uint32_t size = sizeof time;
    if (!w->again && emu_os(e, GUEST_getsockopt, fd, SOL_SOCKET, events == POLL_IN ? SO_RCVTIMEO : SO_SNDTIMEO, EMU_HOST(time),
                            EMU_HOST(&size), 0) >= 0 && (time[0] || time[1])) {
        time[1] *= 1000;
        deadline = emu_deadline(e, time, 1, false);
    }
    if (deadline != INT64_MAX && emu_now(e) >= deadline)
        return -EMU_EAGAIN;
    emu_wait_for(e, (int)fd, events);
    return emu_block_until(e, deadline, deadline == INT64_MAX);
}

static bool is_stream(Emu *e, uint64_t fd)
{
    uint32_t type = 0, size = sizeof type;
    return emu_os(e, GUEST_getsockopt, fd, SOL_SOCKET, SO_TYPE, EMU_HOST(&type), EMU_HOST(&size), 0) >= 0 && type == SOCK_STREAM;
}

/* ---- addresses ---- */

/* What the guest gives for an address: *to on our side, NULL for none. */
static long address_out(Emu *e, uint64_t at, uint64_t size, void **to)
{
    *to = NULL;
    if (!at)
        return 0;
    if (size > MAX_ADDRESS)
        return -EMU_EINVAL;
    *to = arena_alloc(&e->scratch, MAX_ADDRESS);
    return emu_copy_out(e, *to, at, size) ? 0 : -EMU_EFAULT;
}

/* The room that the guest has for one: its size, or -errno. */
static long room_for(Emu *e, uint64_t at, uint64_t size_at)
{
    int32_t n = 0;
    if (at && !emu_copy_out(e, &n, size_at, 4))
        return -EMU_EFAULT;
    return n < 0 ? -EMU_EINVAL : n;
}

static long address_in(Emu *e, uint64_t at, uint64_t size_at, long room, const void *from, uint32_t size)
{
    uint32_t n = size < (uint32_t)room ? size : (uint32_t)room;
    return !at || (emu_copy_in(e, at, from, n < MAX_ADDRESS ? n : MAX_ADDRESS, false) && emu_copy_in(e, size_at, &size, 4, false))
        ? 0 : -EMU_EFAULT;
}

static long sys_bind(Emu *e, const uint64_t a[6])
{
    void *address;
    long wrong = address_out(e, a[1], (uint32_t)a[2], &address);
    return wrong ? wrong : emu_os3(e, GUEST_bind, a[0], EMU_HOST(address), (uint32_t)a[2]);
}

static long set_nonblocking(Emu *e, uint64_t fd, bool on)
{
    enum { F_GETFL = 3, F_SETFL = 4, NONBLOCK = 0x800 };
    long flags = emu_os3(e, GUEST_fcntl, fd, F_GETFL, 0);
    return emu_os3(e, GUEST_fcntl, fd, F_SETFL, on ? flags | NONBLOCK : flags & ~(long)NONBLOCK);
}

static long sys_connect(Emu *e, const uint64_t a[6])
{
    EmuWait *w = &e->os_state->thread->wait;
    void *address;
    uint32_t error = 0, size = sizeof error;
    long r = address_out(e, a[1], (uint32_t)a[2], &address);
    if (r)
        return r;
    if (w->again && !w->often) {       /* under way */
        r = emu_os(e, GUEST_getsockopt, a[0], SOL_SOCKET, SO_ERROR, EMU_HOST(&error), EMU_HOST(&size), 0);
        return r < 0 ? r : -(long)error;
    }
    if (!waits(e, a[0], 0))
        return emu_os3(e, GUEST_connect, a[0], EMU_HOST(address), (uint32_t)a[2]);
    set_nonblocking(e, a[0], true);
    r = emu_os3(e, GUEST_connect, a[0], EMU_HOST(address), (uint32_t)a[2]);
    set_nonblocking(e, a[0], false);
    w->often = r == -EMU_EAGAIN;       /* AF_UNIX: too many wait there; no descriptor tells when not */
    if (w->often)
        return emu_block_until(e, INT64_MAX, true);
    return r == -EMU_EINPROGRESS ? again_when(e, a[0], POLL_OUT) : r;
}

static long accept_from(Emu *e, const uint64_t a[6], uint64_t flags)
{
    uint8_t address[MAX_ADDRESS];
    uint32_t size = sizeof address;
    long room = room_for(e, a[1], a[2]);
    if (room < 0)
        return room;
    EmuPoll p = { (int32_t)a[0], POLL_IN, 0 };
    static const int64_t zero[2] = { 0, 0 };
    if (waits(e, a[0], 0) && emu_os(e, GUEST_ppoll, EMU_HOST(&p), 1, EMU_HOST(zero), 0, 0, 0) == 0)
        return again_when(e, a[0], POLL_IN);
    long fd = emu_os(e, GUEST_accept4, a[0], a[1] ? EMU_HOST(address) : 0, a[1] ? EMU_HOST(&size) : 0, flags, 0, 0);
    if (fd >= 0 && address_in(e, a[1], a[2], room, address, size)) {
        emu_os3(e, GUEST_close, fd, 0, 0);
        return -EMU_EFAULT;
    }
    return fd;
}

static long sys_accept(Emu *e, const uint64_t a[6]) { return accept_from(e, a, 0); }
static long sys_accept4(Emu *e, const uint64_t a[6]) { return accept_from(e, a, (uint32_t)a[3]); }

static long name_of(Emu *e, long call, const uint64_t a[6])
{
    uint8_t address[MAX_ADDRESS];
    uint32_t size = sizeof address;
    long room = room_for(e, a[1], a[2]);
    long r = room < 0 ? room : !a[1] ? -EMU_EFAULT : emu_os3(e, call, a[0], EMU_HOST(address), EMU_HOST(&size));
    return r < 0 ? r : address_in(e, a[1], a[2], room, address, size);
}

static long sys_getsockname(Emu *e, const uint64_t a[6]) { return name_of(e, GUEST_getsockname, a); }
static long sys_getpeername(Emu *e, const uint64_t a[6]) { return name_of(e, GUEST_getpeername, a); }

/* ---- options ---- */

/* What has an address of the guest's in it. */
static bool has_pointers(uint64_t level, uint64_t option)
{
    enum { IP = 0, TCP = 6, SO_SET_REPLACE = 64, TCP_ZEROCOPY_RECEIVE = 35 };
    return (level == SOL_SOCKET && (option == SO_ATTACH_FILTER || option == SO_ATTACH_REUSEPORT)) ||
           (level == IP && (option == SO_SET_REPLACE || option == SO_SET_REPLACE + 1)) || (level == TCP && option == TCP_ZEROCOPY_RECEIVE);
}

static long sys_setsockopt(Emu *e, const uint64_t a[6])
{
    uint64_t n = (uint32_t)a[4];
    if ((int32_t)a[4] < 0 || n > MAX_OPTION)
        return -EMU_EINVAL;
    if (has_pointers((uint32_t)a[1], (uint32_t)a[2]))
        return -EMU_ENOPROTOOPT;
    void *value = arena_alloc(&e->scratch, n + 8);
    if (a[3] && !emu_copy_out(e, value, a[3], n))
        return -EMU_EFAULT;
    return emu_os(e, GUEST_setsockopt, a[0], a[1], a[2], a[3] ? EMU_HOST(value) : 0, n, 0);
}

static long sys_getsockopt(Emu *e, const uint64_t a[6])
{
    uint32_t n;
    if (!emu_copy_out(e, &n, a[4], 4))
        return -EMU_EFAULT;
    if (n > MAX_OPTION)
        return -EMU_EINVAL;
    if (has_pointers((uint32_t)a[1], (uint32_t)a[2]))
        return -EMU_ENOPROTOOPT;
    void *value = arena_alloc(&e->scratch, n + 8);
    memset(value, 0, n + 8);
    uint32_t size = n;
    long r = emu_os(e, GUEST_getsockopt, a[0], a[1], a[2], EMU_HOST(value), EMU_HOST(&size), 0);
    return r < 0 ? r : emu_copy_in(e, a[3], value, size < n ? size : n, false) && emu_copy_in(e, a[4], &size, 4, false) ? r : -EMU_EFAULT;
}

/* ---- messages: one buffer on our side for all vectors ---- */

typedef struct Transfer {
    Vector *v;
    uint64_t nv, n;            /* bytes of all */
    uint8_t *buffer;
    Message m;                 /* with our addresses */
    Vector one;
} Transfer;

static long vectors_of(Emu *e, uint64_t at, uint64_t nv, Transfer *t, uint64_t most)
{
    if (nv > MAX_VECTORS)
        return -EMU_EMSGSIZE;
    t->nv = nv;
    t->v = arena_array(&e->scratch, Vector, nv + 1);
    if (nv && !emu_copy_out(e, t->v, at, nv * sizeof *t->v))
        return -EMU_EFAULT;
    for (uint64_t i = 0; i < nv; i++) {
        if (t->v[i].n > INT64_MAX)
            return -EMU_EINVAL;
        uint64_t room = most - t->n;
        t->n += t->v[i].n < room ? t->v[i].n : room;
    }
    t->buffer = arena_alloc(&e->scratch, t->n + 1);
    return 0;
}

/* Between the vectors and the buffer, the first n bytes. */
static bool move_bytes(Emu *e, Transfer *t, uint64_t n, bool in)
{
    uint64_t at = 0;
    for (uint64_t i = 0; i < t->nv && at < n; i++) {
        uint64_t k = t->v[i].n < n - at ? t->v[i].n : n - at;
        if (in ? !emu_copy_in(e, t->v[i].at, t->buffer + at, k, false) : !emu_copy_out(e, t->buffer + at, t->v[i].at, k))
            return false;
        at += k;
    }
    return true;
}

static long host_message(Emu *e, long call, uint64_t fd, Transfer *t, uint64_t done, uint64_t flags)
{
    t->one = (Vector){ EMU_HOST(t->buffer + done), t->n - done };
    t->m.vectors = EMU_HOST(&t->one);
    t->m.nvectors = 1;
    return emu_os3(e, call, fd, EMU_HOST(&t->m), flags);
}

/* Sends t, whose bytes are there. A stream takes it in parts while others run. */
static long send_all(Emu *e, uint64_t fd, Transfer *t, uint64_t flags)
{
    EmuWait *w = &e->os_state->thread->wait;
    bool careful = waits(e, fd, flags);
    uint64_t done = w->again ? w->done : 0;
    long r;
    do {
        if (done)
            t->m.control_size = 0;
        r = host_message(e, GUEST_sendmsg, fd, t, done, flags | (careful ? MSG_DONTWAIT : 0) | MSG_NOSIGNAL);
        done += r > 0 ? (uint64_t)r : 0;
    } while (careful && r > 0 && done < t->n && is_stream(e, fd));
    if (r == -EMU_EAGAIN && careful) {
        w->done = done;
        r = again_when(e, fd, POLL_OUT);
        if (r == EMU_BLOCKED)
            return r;
    }
    if (r == -EMU_EPIPE && !done && !(flags & MSG_NOSIGNAL))
        emu_signal_send(e, e->os_state->thread, EMU_SIGPIPE, 0);
    return done ? (long)done : r;
}

/* Receives into t's buffer; its m tells of the rest. */
static long receive(Emu *e, uint64_t fd, Transfer *t, uint64_t flags)
{
    bool careful = waits(e, fd, flags), all = flags & MSG_WAITALL && !(flags & MSG_PEEK);
    uint64_t done = 0;
    EmuWait *w = &e->os_state->thread->wait;
    long r = -EMU_EAGAIN;
    if (careful && all && w->again && w->done) {   /* what came before stands in the guest's vectors */
        done = w->done;
        if (!move_bytes(e, t, done, false))
            return -EMU_EFAULT;
    }
    do {
        r = host_message(e, GUEST_recvmsg, fd, t, done, flags | (careful ? MSG_DONTWAIT : 0));
        done += r > 0 ? (uint64_t)r : 0;
    } while (careful && all && r > 0 && done < t->n && is_stream(e, fd));
    if (r == -EMU_EAGAIN && careful) {
        if (done && !move_bytes(e, t, done, true))
            return -EMU_EFAULT;
        w->done = done;
        r = again_when(e, fd, POLL_IN);
        if (r == EMU_BLOCKED)
            return r;
    }
    if (r >= 0 || done)
        r = (long)done;
    uint64_t n = r > 0 ? (uint64_t)r < t->n ? (uint64_t)r : t->n : 0; /* MSG_TRUNC tells of more than there is room for */
    return n && !move_bytes(e, t, n, true) ? -EMU_EFAULT : r;
}

static long sys_sendto(Emu *e, const uint64_t a[6])
{
    Transfer t;
    Vector v = { a[1], a[2] };
    void *address;
    memset(&t, 0, sizeof t);
    long wrong = address_out(e, a[4], (uint32_t)a[5], &address);
    if (wrong)
        return wrong;
    t.v = &v;
    t.nv = 1;
    t.n = v.n < MAX_SENT ? v.n : MAX_SENT;
    t.buffer = arena_alloc(&e->scratch, t.n + 1);
    t.m.name = EMU_HOST(address);
    t.m.name_size = address ? (uint32_t)a[5] : 0;
    return move_bytes(e, &t, t.n, false) ? send_all(e, a[0], &t, (uint32_t)a[3]) : -EMU_EFAULT;
}

static long sys_recvfrom(Emu *e, const uint64_t a[6])
{
    Transfer t;
    Vector v = { a[1], a[2] };
    uint8_t address[MAX_ADDRESS];
    long room = room_for(e, a[4], a[5]);
    if (room < 0)
        return room;
    memset(&t, 0, sizeof t);
    t.v = &v;
    t.nv = 1;
    t.n = v.n < MAX_BUFFER ? v.n : MAX_BUFFER;
    t.buffer = arena_alloc(&e->scratch, t.n + 1);
    t.m.name = a[4] ? EMU_HOST(address) : 0;
    t.m.name_size = a[4] ? MAX_ADDRESS : 0;
    long r = receive(e, a[0], &t, (uint32_t)a[3]);
    return r >= 0 && address_in(e, a[4], a[5], room, address, t.m.name_size) ? -EMU_EFAULT : r;
}

static long message_of(Emu *e, uint64_t at, Message *guest, Transfer *t, uint64_t most)
{
    memset(t, 0, sizeof *t);
    if (!emu_copy_out(e, guest, at, sizeof *guest))
        return -EMU_EFAULT;
    if (guest->control_size > MAX_CONTROL)
        return -EMU_ENOBUFS;
    if ((int32_t)guest->name_size < 0)
        return -EMU_EINVAL;
    t->m.control = guest->control ? EMU_HOST(arena_alloc(&e->scratch, guest->control_size + 1)) : 0;
    t->m.control_size = guest->control ? guest->control_size : 0;
    return vectors_of(e, guest->vectors, guest->nvectors, t, most);
}

static long send_message(Emu *e, uint64_t fd, uint64_t at, uint64_t flags)
{
    Message guest;
    Transfer t;
    void *address;
    long wrong = message_of(e, at, &guest, &t, MAX_SENT);
    if (!wrong)
        wrong = address_out(e, guest.name_size ? guest.name : 0, guest.name_size, &address);
    if (wrong)
        return wrong;
    t.m.name = EMU_HOST(address);
    t.m.name_size = address ? guest.name_size : 0;
    if ((t.m.control && !emu_copy_out(e, (void *)(uintptr_t)t.m.control, guest.control, guest.control_size)) ||
        !move_bytes(e, &t, t.n, false))
        return -EMU_EFAULT;
    return send_all(e, fd, &t, flags);
}

static long receive_message(Emu *e, uint64_t fd, uint64_t at, uint64_t flags)
{
    Message guest;
    Transfer t;
    uint8_t address[MAX_ADDRESS];
    long r = message_of(e, at, &guest, &t, MAX_BUFFER);
    if (r)
        return r;
    t.m.name = guest.name ? EMU_HOST(address) : 0;
    t.m.name_size = guest.name ? MAX_ADDRESS : 0;
    r = receive(e, fd, &t, flags);
    if (r < 0)
        return r;
    uint32_t n = t.m.name_size < guest.name_size ? t.m.name_size : guest.name_size;
    if ((guest.name && !emu_copy_in(e, guest.name, address, n, false)) ||
        (guest.control && !emu_copy_in(e, guest.control, (void *)(uintptr_t)t.m.control, t.m.control_size, false)))
        return -EMU_EFAULT;
    guest.name_size = guest.name ? t.m.name_size : guest.name_size;
    guest.control_size = guest.control ? t.m.control_size : 0;
    guest.flags = t.m.flags;
    return emu_copy_in(e, at, &guest, sizeof guest, false) ? r : -EMU_EFAULT;
}

static long sys_sendmsg(Emu *e, const uint64_t a[6]) { return send_message(e, a[0], a[1], (uint32_t)a[2]); }
static long sys_recvmsg(Emu *e, const uint64_t a[6]) { return receive_message(e, a[0], a[1], (uint32_t)a[2]); }

/* struct mmsghdr: a message and its length. The first may wait, the others are what can be done at once. */
static long many(Emu *e, const uint64_t a[6], bool sends)
{
    enum { SIZE = 64, LENGTH = 56 };
    uint64_t n = (uint32_t)a[2] < MAX_MESSAGES ? (uint32_t)a[2] : MAX_MESSAGES, done = 0;
    long r = 0;
    for (; done < n; done++) {
        uint64_t at = a[1] + done * SIZE, flags = (uint32_t)a[3] | (done ? MSG_DONTWAIT : 0);
        r = sends ? send_message(e, a[0], at, flags) : receive_message(e, a[0], at, flags);
        if (r < 0)
            break;
        uint32_t length = (uint32_t)r;
        if (!emu_copy_in(e, at + LENGTH, &length, 4, false))
            return -EMU_EFAULT;
    }
    return done ? (long)done : r;
}

static long sys_sendmmsg(Emu *e, const uint64_t a[6]) { return many(e, a, true); }

static long sys_recvmmsg(Emu *e, const uint64_t a[6])
{
    return a[4] ? -EMU_ENOSYS : many(e, a, false); /* a time for all of them together */
}

const EmuRow emu_socket_rows[] = {
    EMU_ROW(socket, "ixi", NULL, 0),
    EMU_ROW(socketpair, "ixio", NULL, 0, 0, 0, 8),
    EMU_ROW(bind, "iai", sys_bind, 0),
    EMU_ROW(listen, "ii", NULL, 0),
    EMU_ROW(connect, "iai", sys_connect, 0),
    EMU_ROW(accept, "iaa", sys_accept, 0),
    EMU_ROW(accept4, "iaax", sys_accept4, 0),
    EMU_ROW(getsockname, "iaa", sys_getsockname, 0),
    EMU_ROW(getpeername, "iaa", sys_getpeername, 0),
    EMU_ROW(sendto, "iaixai", sys_sendto, 0),
    EMU_ROW(recvfrom, "iaixaa", sys_recvfrom, 0),
    EMU_ROW(sendmsg, "iax", sys_sendmsg, 0),
    EMU_ROW(recvmsg, "iax", sys_recvmsg, 0),
    EMU_ROW(sendmmsg, "iaix", sys_sendmmsg, 0),
    EMU_ROW(recvmmsg, "iaixa", sys_recvmmsg, 0),
    EMU_ROW(shutdown, "ii", NULL, 0),
    EMU_ROW(setsockopt, "iiiai", sys_setsockopt, 0),
    EMU_ROW(getsockopt, "iiiaa", sys_getsockopt, 0),
    { 0, NULL, NULL, NULL, { 0 } },
};
