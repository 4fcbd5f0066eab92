#!/usr/bin/env python3
"""Compares softfloat with exact arithmetic on Python's integers: all five rounding modes (the machine has no
ties-away), tininess before rounding, RISC-V's and Arm's NaNs, conversion to every width of integer, text of any length.
Argument: the check program, asked through its `serve` mode."""
import math
import random
import subprocess
import sys

if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)
RNE, RTZ, RDN, RUP, RMM = range(5)
INEXACT, UNDERFLOW, OVERFLOW, DIVZERO, INVALID = 1, 2, 4, 8, 16
NAMES = ["32", "64", "x80", "128"]
PREC = [24, 53, 64, 113]
EBITS = [8, 11, 15, 15]
EMAX = [127, 1023, 16383, 16383]
FRAC = [23, 52, 64, 112]


def encode(f, sign, biased, frac):
    """frac: bits below the integer bit."""
    if f == 2 and biased:
        frac |= 1 << 63
    v = ((sign << EBITS[f]) + biased) << FRAC[f] | frac
    return v


def text(v):
    return "%x:%x" % (v >> 64, v & (1 << 64) - 1)


def decode(f, v):
    """('nan', sign, frac, signaling) | ('inf', sign) | ('num', sign, m, e): m * 2^e, m may be 0"""
    sign = v >> FRAC[f] + EBITS[f] & 1
    biased = v >> FRAC[f] & (1 << EBITS[f]) - 1
    frac = v & (1 << PREC[f] - 1) - 1
    if biased == (1 << EBITS[f]) - 1:
        return ("nan", sign, frac, not frac >> PREC[f] - 2) if frac else ("inf", sign)
    m = frac | (1 << PREC[f] - 1 if biased else 0)
    return ("num", sign, m, max(biased, 1) - EMAX[f] - PREC[f] + 1)


def default_nan(f):
    return encode(f, 0, (1 << EBITS[f]) - 1, 1 << PREC[f] - 2)


def inf(f, sign):
    return encode(f, sign, (1 << EBITS[f]) - 1, 0)


def at(mode, sign, m, shift, sticky=False):
    """(m and a bit more) / 2^shift rounded to an integer; whether it was inexact"""
    if shift <= 0:
        assert not sticky
        return m << -shift, False
    q, rest, half = m >> shift, m & (1 << shift) - 1, 1 << shift - 1
    inexact = bool(rest or sticky)
    over = rest > half or rest == half and sticky
    tie = rest == half and not sticky
    up = {RNE: over or tie and q & 1, RTZ: False, RDN: sign and inexact, RUP: not sign and inexact,
          RMM: over or tie}[mode]
    return q + bool(up), inexact


def rounded(f, env, sign, m, e, sticky=False):
    """m * 2^e (and a bit more), m > 0, as an encoding and flags"""
    mode, before = env[0], env[1]
    if sticky:
        m, e = m << 300, e - 300
    p, emin = PREC[f], 1 - EMAX[f]
    lead = m.bit_length() - 1 + e
    ulp = max(lead, emin) - p + 1
    q, inexact = at(mode, sign, m, ulp - e, sticky)
    if q.bit_length() - 1 + ulp > EMAX[f]:
        if mode == RTZ or mode == RDN and not sign or mode == RUP and sign:
            return encode(f, sign, 2 * EMAX[f], (1 << p - 1) - 1), OVERFLOW | INEXACT
        return inf(f, sign), OVERFLOW | INEXACT
    tiny = lead < emin
    if tiny and not before:
        free, _ = at(mode, sign, m, lead - p + 1 - e, sticky)
        tiny = free.bit_length() - 1 + lead - p + 1 < emin
    flags = (INEXACT | (UNDERFLOW if tiny else 0)) if inexact else 0
    if q.bit_length() > p:
        q, ulp = q >> 1, ulp + 1
    if q.bit_length() < p:
        return encode(f, sign, 0, q), flags
    return encode(f, sign, ulp + p - 1 + EMAX[f], q & (1 << p - 1) - 1), flags


def zero(f, sign):
    return encode(f, sign, 0, 0)


def nan_result(f, env, xs, extra=0):
    flags = extra
    nans = [x for x in xs if x[0] == "nan"]
    if any(x[3] for x in nans):
        flags |= INVALID
    if env[2]:
        return default_nan(f), flags
    pick = nans[0]
    if env[3]:
        pick = next((x for x in nans if x[3]), pick)
    return ("quiet", pick), flags


def quieted(f, src, x):
    frac = x[2] | 1 << PREC[src] - 2
    d = PREC[f] - PREC[src]
    return encode(f, x[1], (1 << EBITS[f]) - 1, frac << d if d >= 0 else frac >> -d)


def add(f, env, a, b):
    if a[0] == "nan" or b[0] == "nan":
        return nan_result(f, env, [a, b])
    if a[0] == "inf" or b[0] == "inf":
        if a[0] == b[0] and a[1] != b[1]:
            return default_nan(f), INVALID
        return inf(f, a[1] if a[0] == "inf" else b[1]), 0
    e = min(a[3], b[3])
    v = (-1) ** a[1] * (a[2] << a[3] - e) + (-1) ** b[1] * (b[2] << b[3] - e)
    if not v:
        return zero(f, a[1] if a[1] == b[1] else int(env[0] == RDN)), 0
    return rounded(f, env, int(v < 0), abs(v), e)


def sub(f, env, a, b):
    return add(f, env, a, b if b[0] == "nan" else (b[0], 1 - b[1]) + b[2:])


def times(a, b):
    """the exact product, None for inf * 0"""
    s = a[1] ^ b[1]
    if a[0] == "inf" or b[0] == "inf":
        return None if ("num", 0) in ((a[0], a[-2]), (b[0], b[-2])) else ("inf", s)
    return ("num", s, a[2] * b[2], a[3] + b[3])


def mul(f, env, a, b):
    if a[0] == "nan" or b[0] == "nan":
        return nan_result(f, env, [a, b])
    p = times(a, b)
    if p is None:
        return default_nan(f), INVALID
    if p[0] == "inf":
        return inf(f, p[1]), 0
    return rounded(f, env, p[1], p[2], p[3]) if p[2] else (zero(f, p[1]), 0)


def fma(f, env, a, b, c):
    p = times(a, b) if "nan" not in (a[0], b[0]) else ("nan",)
    if "nan" in (a[0], b[0], c[0]):
        bad = INVALID if p is None and (env[2] or env[3]) else 0
        if env[3]:
            if bad and not c[3]:
                return default_nan(f), INVALID
            return nan_result(f, env, [c, a, b], bad)
        return nan_result(f, env, [a, b, c], bad)
    if p is None:
        return default_nan(f), INVALID
    return add(f, env, p, c)


def div(f, env, a, b):
    if a[0] == "nan" or b[0] == "nan":
        return nan_result(f, env, [a, b])
    s = a[1] ^ b[1]
    if a[0] == "inf":
        return (default_nan(f), INVALID) if b[0] == "inf" else (inf(f, s), 0)
    if b[0] == "inf":
        return zero(f, s), 0
    if not b[2]:
        return (inf(f, s), DIVZERO) if a[2] else (default_nan(f), INVALID)
    if not a[2]:
        return zero(f, s), 0
    q, r = divmod(a[2] << 300, b[2])
    return rounded(f, env, s, q, a[3] - b[3] - 300, r != 0)


def rem(f, env, a, b):
    if a[0] == "nan" or b[0] == "nan":
        return nan_result(f, env, [a, b])
    if a[0] == "inf" or b[0] == "num" and not b[2]:
        return default_nan(f), INVALID
    if b[0] == "num" and a[2]:
        e = min(a[3], b[3])
        a = ("num", a[1], (a[2] << a[3] - e) % (b[2] << b[3] - e), e)
    return rounded(f, env, a[1], a[2], a[3]) if a[2] else (zero(f, a[1]), 0)


def sqrt(f, env, a):
    if a[0] == "nan":
        return nan_result(f, env, [a])
    if a[0] == "num" and not a[2]:
        return zero(f, a[1]), 0
    if a[1]:
        return default_nan(f), INVALID
    if a[0] == "inf":
        return inf(f, 0), 0
    m, e = a[2] << 400 + (a[3] & 1), a[3] - 400 - (a[3] & 1)
    r = math.isqrt(m)
    return rounded(f, env, 0, r, e // 2, r * r != m)


def integral(env, a):
    q, inexact = at(env[0], a[1], a[2], -a[3]) if a[3] < 0 else (a[2] << a[3], False)
    return q, inexact


def round_int(f, env, a, exact=True):
    if a[0] == "nan":
        return nan_result(f, env, [a])
    if a[0] == "inf":
        return inf(f, a[1]), 0
    q, inexact = integral(env, a)
    return (rounded(f, env, a[1], q, 0)[0] if q else zero(f, a[1])), INEXACT if inexact and exact else 0


def round_int_quiet(f, env, a):
    return round_int(f, env, a, False)


def convert(f, env, a):
    if a[0] == "nan":
        return nan_result(f, env, [a])
    if a[0] == "inf":
        return inf(f, a[1]), 0
    return rounded(f, env, a[1], a[2], a[3]) if a[2] else (zero(f, a[1]), 0)


def to_int(env, a, bits, signed):
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    if a[0] == "nan":
        return high, INVALID
    if a[0] == "inf":
        return (low if a[1] else high), INVALID
    q, inexact = integral(env, a)
    q = -q if a[1] else q
    if not low <= q <= high:
        return (low if a[1] else high), INVALID
    return q, INEXACT if inexact else 0


# ---- operands ----

def operand(f, near=None):
    p, top = PREC[f], (1 << EBITS[f]) - 1
    r = random.random()
    frac = random.getrandbits(p - 1)
    if r < 0.4:
        frac &= -1 << random.randrange(p)
    elif r < 0.5:
        frac |= (1 << random.randrange(p - 1)) - 1
    elif r < 0.6:
        frac = random.getrandbits(3)
    r = random.random()
    if r < 0.06:
        biased = top
        if random.random() < 0.3:
            frac = 0
    elif r < 0.12:
        biased = 0
        if random.random() < 0.3:
            frac = 0
    elif r < 0.18:
        biased = random.choice([1, 2, top - 1, top - 2, top // 2, top // 2 - 1])
    elif r < 0.5 or near is None:
        biased = random.choice([random.randrange(top), top // 2 + random.randrange(-70, 70)])
    else:
        biased = near + random.randrange(-p - 3, p + 4)
    biased = min(max(biased, 0), top)
    return encode(f, random.getrandbits(1), biased, frac), biased


def special(f):
    top = (1 << EBITS[f]) - 1
    frac = random.choice([0, 0, 5, 1 << PREC[f] - 2, 3 << PREC[f] - 3])
    return encode(f, random.getrandbits(1), random.choice([0, EMAX[f], top, top]), frac)


def finite(f):
    while True:
        v, _ = operand(f)
        if decode(f, v)[0] == "num":
            return v


class Server:
    """Collects requests with what is expected; asks them all at once."""

    def __init__(self, program):
        self.program, self.requests = program, []

    def ask(self, suite, request, judge):
        self.requests.append((suite, request, judge))

    def run(self):
        data = "".join(r[1] + "\n" for r in self.requests)
        got = subprocess.run([self.program, "serve"], input=data, stdout=subprocess.PIPE, text=True, check=True).stdout
        lines = got.splitlines()
        assert len(lines) == len(self.requests), (len(lines), len(self.requests))
        bad = {}
        for (suite, request, judge), line in zip(self.requests, lines):
            wrong = judge(line)
            bad.setdefault(suite, 0)
            if wrong:
                bad[suite] += 1
                if bad[suite] <= 3:
                    print("# %s\n#   gives %s, expected %s" % (request[:300], line[:300], str(wrong)[:300]))
        for suite, n in bad.items():
            print("ok exact " + suite if not n else "not ok exact %s (%d wrong)" % (suite, n))
        return any(bad.values())


def equals(want):
    return lambda line: None if line == want else want


def arithmetic(server, count):
    table = [("add", add, 2), ("sub", sub, 2), ("mul", mul, 2), ("div", div, 2), ("rem", rem, 2), ("sqrt", sqrt, 1),
             ("fma", fma, 3), ("round_int", round_int, 1), ("round_int_quiet", round_int_quiet, 1)]
    table += [("to_" + NAMES[to], to, 1) for to in range(4)]
    for name, op, arity in table:
        for f in range(4):
            for i in range(count):
                env = (random.choice([RMM, RMM, random.randrange(5)]), random.getrandbits(1))
                env += random.choice([(1, 0), (0, 1), (0, 0)])
                a, ea = operand(f)
                b, eb = operand(f, ea)
                c, _ = operand(f, ea + eb - EMAX[f])
                if i < count // 2:
                    a, b, c = special(f), special(f), special(f)
                xs = [decode(f, v) for v in (a, b, c)][:arity]
                if f == 2 and not env[2] and sum(x[0] == "nan" for x in xs) > 1:
                    continue                    # the x87's own choice: check.c
                to = op if isinstance(op, int) else f
                want, flags = convert(to, env, xs[0]) if isinstance(op, int) else op(f, env, *xs)
                if isinstance(want, tuple):
                    want = quieted(to, f, want[1])
                server.ask("%s %s" % (name, NAMES[f]),
                           "%s %d %d %d %d %d %s %s %s" % (name, f, *env, text(a), text(b), text(c)),
                           equals("%s %d" % (text(want), flags)))


def integers(server, count):
    for bits in (8, 16, 32, 64):
        for signed in (True, False):
            for f in range(4):
                for i in range(count):
                    env = (random.randrange(5), 0, 1, 0)
                    a, _ = operand(f, EMAX[f])
                    if random.random() < 0.7:   # about an end of the range, or zero
                        m = random.choice([0, 1 << bits, 1 << bits - 1]) * 8 + random.randrange(-20, 21)
                        if m:
                            a, _ = rounded(f, (random.randrange(5), 0), random.getrandbits(1), abs(m), -3)
                    want, flags = to_int(env, decode(f, a), bits, signed)
                    name = "to_%s%d" % ("i" if signed else "u", bits)
                    server.ask("%s %s" % (name, NAMES[f]), "%s %d %d %d %d %d %s 0:0 0:0" % (name, f, *env, text(a)),
                               equals("0:%x %d" % (want & (1 << 64) - 1, flags)))


def classes(server, count):
    for f in range(4):
        for i in range(count):
            a, _ = operand(f)
            x = decode(f, a)
            if x[0] == "nan":
                want = 8 if x[3] else 9
            elif x[0] == "inf":
                want = 0 if x[1] else 7
            else:
                want = 0 if x[2] >> PREC[f] - 1 else 1 if x[2] else 2
                want = [6, 5, 4][want] if not x[1] else [1, 2, 3][want]
            want |= x[1] << 4 | (want in (3, 4)) << 5 | (want in (0, 7)) << 6 | (want > 7) << 7 | (want == 8) << 8
            sign = 1 << FRAC[f] + EBITS[f]
            for name, v in (("class", want), ("neg", a ^ sign), ("abs", a & ~sign)):
                server.ask("%s %s" % (name, NAMES[f]), "%s %d 0 0 0 0 %s 0:0 0:0" % (name, f, text(a)),
                           equals(text(v) + " 0"))


# ---- text ----

def read_decimal(f, env, sign, digits, e10):
    """digits * 10^e10"""
    if not digits:
        return zero(f, sign), 0
    if e10 >= 0:
        return rounded(f, env, sign, digits * 10 ** e10, 0)
    den = 10 ** -e10
    k = max(0, den.bit_length() - digits.bit_length()) + 200
    q, r = divmod(digits << k, den)
    return rounded(f, env, sign, q, -k, r != 0)


def ask_parse(server, f, round, s, want):
    server.ask("parse " + NAMES[f], "parse %d %d %s" % (f, round, s),
               equals("%d %s %d" % (len(s), text(want[0]), want[1])))


def parsing(server, count):
    for f in range(4):
        p, emax = PREC[f], EMAX[f]
        tiny = 1 - emax - p + 1
        cases = [(1, tiny - 1), (3, tiny - 1), ((1 << p + 1) - 1, emax - p), ((1 << p) - 1, tiny - 1),
                 ((1 << p + 1) - 1, tiny - 1), ((1 << p) + 1, tiny - 1), (1, tiny), (1, emax), (1, emax + 1)]
        for i in range(count):                  # ties between two neighbours, or numbers
            m, e = decode(f, finite(f))[2:]
            cases.append(random.choice([(2 * m + 1, e - 1), (2 * m + 1, e - 1), (m, e)]))
        for m, e in cases:
            digits, e10 = (m << e, 0) if e >= 0 else (m * 5 ** -e, e)
            for variant in range(2):
                d, x, sign = digits, e10, random.getrandbits(1)
                r = random.random()
                if r < 0.25:
                    d, x = d * 10 ** 3 + 1, x - 3
                elif r < 0.5:
                    d, x = d * 10 ** 3 - 1, x - 3
                elif r < 0.7:
                    k = random.choice([200, 12000])     # or about where softfloat stops reading
                    if random.random() < 0.6:
                        k = max(1, (120, 780, 11530, 11580)[f] + random.randrange(-1, 3) - len(str(d)))
                    d, x = d * 10 ** k + 1, x - k
                if d <= 0:
                    continue
                round = random.randrange(5)
                env = (round, 0)
                s = str(d)
                want = read_decimal(f, env, sign, d, x)
                point = random.choice([0, len(s), random.randrange(len(s) + 1)])
                s = "-" * sign + random.choice(["", "0", "00000"]) + s[:point] + "." + s[point:]
                ask_parse(server, f, round, s + "e%d" % (x + len(str(d)) - point), want)
        for s in ("1e999999999999999999999999", "0." + "0" * 30000 + "1e30001", "1" + "0" * 30000 + "e-30000",
                  "1e-99999999999999999999", "0e999999999999", "0x1p99999999999999999999", "0x1p-99999999999999999999",
                  "0x0.0" + "0" * 9000 + "1p+36008", "0x1" + "0" * 9000 + "p-36000"):
            round = random.randrange(5)
            big = rounded(f, (round, 0), 0, 1, 100000)
            small = rounded(f, (round, 0), 0, 1, -100000)
            one = rounded(f, (round, 0), 0, 1, 0)
            want = big if "e9" in s or "p9" in s else small if "-99" in s else one
            if s.startswith("0e"):
                want = zero(f, 0), 0
            ask_parse(server, f, round, s, want)
        for s, n in (("", 0), (".", 0), ("e1", 0), (".e1", 0), ("1e", 0), ("1e+", 0), ("0x", 0), ("0x1", 0),
                     ("0x.p1", 0), ("0x1.8", 0), ("0x1p", 0), ("-", 0), ("in", 0), ("na", 0), ("+x", 0), ("1f", 1),
                     ("1.5L", 3), ("1..2", 2), ("1e5e5", 3), ("0x1p1p1", 5), ("infx", 3), ("infinit", 3),
                     ("INFINITY", 8), ("NaN", 3), ("nan:", 3), ("nan:0x", 3), ("nan:0x0", 0), ("nan:0x1", 7),
                     ("nan:0x" + "f" * 36, 0)):
            server.ask("malformed " + NAMES[f], "parse %d 0 %s" % (f, s),
                       lambda line, n=n: None if line.split()[0] == str(n) else n)


def judge_shortest(f, v):
    def judge(line):
        _, sign, m, e = decode(f, v)
        if f == 1 and m:
            want = repr((-1) ** sign * math.ldexp(m, e))
            return None if line == want else want
        s = line.lstrip("-")
        if (line[0] == "-") != bool(sign):
            return "the sign"
        if not m:
            return None if s == "0.0" else "0.0"
        mantissa, _, exp = s.partition("e")
        whole, _, part = mantissa.partition(".")
        d, x = int(whole + part), int(exp or 0) - len(part)
        while d % 10 == 0:
            d, x = d // 10, x + 1

        def reads(d, x):
            return d > 0 and read_decimal(f, (RNE, 0), sign, d, x)[0] == v

        def distance(d):
            """from the value, in units of 2^-k * 10^min(x, 0)"""
            k = max(-e, 0)
            return abs((m << e + k) * 10 ** max(-x, 0) - (d * 10 ** max(x, 0) << k))

        if not reads(d, x):
            return "to read back"
        if len(str(d)) > 1 and (reads(d // 10, x + 1) or reads(d // 10 + 1, x + 1)):
            return "fewer digits"
        for near in (d - 1, d + 1):
            if reads(near, x) and distance(near) < distance(d):
                return "a nearer one"
        return None
    return judge


def printing(server, count):
    for f in range(4):
        top = 2 * EMAX[f]
        values = [encode(f, 0, random.randrange(1, top + 1), 0) for i in range(count // 2)]
        values += [encode(f, 0, b, 0) for b in (1, 2, top, EMAX[f], EMAX[f] + 1, EMAX[f] - 4)]
        values += [encode(f, 0, 0, m) for m in (0, 1, 2, 3, 9, 10, (1 << PREC[f] - 1) - 1)]
        values += [finite(f) for i in range(count)]
        for sign in (0, 1):
            for frac in (0, 1, 1 << PREC[f] - 2, 3 << PREC[f] - 3):
                v = encode(f, sign, top + 1, frac)
                s = "-" * sign + ("inf" if not frac else "nan" if frac == 1 << PREC[f] - 2 else "nan:0x%x" % frac)
                server.ask("print_shortest " + NAMES[f], "shortest %d %s" % (f, text(v)), equals(s))
                server.ask("print " + NAMES[f], "dec %d 1 %s" % (f, text(v)), equals(s.split(":")[0]))
        for v in values:
            server.ask("print_shortest " + NAMES[f], "shortest %d %s" % (f, text(v)), judge_shortest(f, v))


def main():
    random.seed(754)
    server = Server(sys.argv[1])
    arithmetic(server, 1500)
    integers(server, 250)
    classes(server, 200)
    parsing(server, 100)
    printing(server, 300)
    sys.exit(server.run())


main()
