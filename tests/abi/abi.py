#!/usr/bin/env python3
"""Struct-ABI fuzz: random signatures, callers and callees compiled by different compilers, every byte checked.

abi.py --idem IDEM --dir FOLDER [--target TRIPLE] [--programs N] [--functions N] [--seed N] [--ccs gcc,clang] [--keep]

A program is two files of N functions each. For every function the generator draws a result type and up to 12 parameters (20 now
and then) from integers, floats, pointers, enums and random structs, unions, arrays and bit-fields (packed, aligned and empty ones
too), and may make it variadic. The caller fills its arguments from a counter, the callee compares them leaf by leaf with what the same counter
gives, and fills its result for the caller to compare. Both files hold half of the callers and half of the callees, so one
program tests both directions. A program is linked as (a by idem, b by CC) and as (a by CC, b by idem), and once by idem alone.
Half of the mixed programs are linked by CC, the rest by idem. TARGETS has what differs between targets.
Prints "ok NAME" or "not ok NAME: ..." with the seed; the same seed gives the same files.
"""
import argparse, os, random, subprocess, sys

INTS = [("char", 7, 1), ("signed char", 7, 1), ("unsigned char", 8, 0), ("short", 15, 1), ("unsigned short", 16, 0), ("int", 31, 1),
        ("unsigned", 32, 0), ("long", 63, 1), ("unsigned long", 64, 0), ("long long", 63, 1), ("unsigned long long", 64, 0), ("_Bool", 1, 0)]
FLOATS = ["float", "double"]

# Options of idem; the command behind a name of --ccs; linkers, of which the seed takes one; the emulator; whether unnamed bit-fields
# with a width and arrays of no size are drawn: on x64 gcc counts them as what they are beside floats, clang ignores them.
TARGETS = {
    "x86_64-linux-musl": ([], {"gcc": ["gcc"], "clang": ["clang"]}, [["gcc", "-no-pie"], ["gcc", "-static-pie"]], [], False),
    "riscv64-linux-gnu": (["-target", "riscv64-linux-gnu"],
                          {"gcc": ["riscv64-linux-gnu-gcc"], "clang": ["clang", "--target=riscv64-linux-gnu", "-march=rv64gc", "-mabi=lp64d"]},
                          [["riscv64-linux-gnu-gcc", "-static"]], ["qemu-riscv64"], True),
    "aarch64-linux-gnu": (["-target", "aarch64-linux-gnu"],
                          {"gcc": ["aarch64-linux-gnu-gcc"], "clang": ["clang", "--target=aarch64-linux-gnu"]},
                          [["aarch64-linux-gnu-gcc", "-static"]], ["qemu-aarch64"], True),
}


class Gen:
    def __init__(self, seed, functions, odd):
        self.odd = odd
        self.r = random.Random(seed)
        self.functions = functions
        self.decls = []
        self.records = []
        self.fills = []
        self.nrec = 0

    # A type is ("int", name, bits) | ("flt", name) | ("ptr",) | ("enum",) | ("rec", tag, leaves) | ("arr", type, n)
    def scalar(self):
        k = self.r.random()
        if k < 0.55:
            n, b, _ = self.r.choice(INTS)
            return ("int", n, b)
        if k < 0.88:
            return ("flt", self.r.choice(FLOATS))
        return ("ptr",) if k < 0.95 else ("enum",)

    def any(self, depth=0):
        return self.scalar() if self.r.random() < 0.45 else self.record(depth)

    def record(self, depth=0):
        if self.records and self.r.random() < 0.4:
            return self.r.choice(self.records)
        r = self.r
        self.nrec += 1
        tag = "%s r%d" % ("union" if r.random() < 0.15 else "struct", self.nrec)
        is_union = tag.startswith("union")
        lines, leaves = [], []
        if r.random() < 0.03:
            self.decls.append("struct r%d { };" % self.nrec)
            self.records.append(("rec", "struct r%d" % self.nrec, ()))
            return self.records[-1]
        n = r.choice([1, 1, 2, 2, 2, 3, 3, 4, 5, 7])
        style = r.choice(["mixed", "mixed", "mixed", "floats", "ints", "bits"])
        for i in range(n):
            name = "m%d" % i
            if style == "floats" and r.random() < 0.85:
                t = ("flt", r.choice(FLOATS))
            elif style == "ints" and r.random() < 0.85:
                t = ("int",) + r.choice(INTS)[:2]
            elif style == "bits" and r.random() < 0.8:
                cn, cb, sg = r.choice(INTS)
                width = r.randint(1, cb + sg if cn != "_Bool" else 1)
                if r.random() < 0.12 and i:
                    lines.append("%s : %d;" % (cn, r.choice([0, 0, width]) if self.odd else 0))
                if cn == "char":
                    cn = "signed char"
                lines.append("%s %s : %d;" % (cn, name, width))
                leaves.append((".%s" % name, ("bits", cn, width - sg, sg)))
                continue
            elif depth < 2 and not is_union and r.random() < 0.25:  # clang 14 reads a float where a union holds {float} over a double
                t = self.record(depth + 1)
            else:
                t = self.scalar()
            if self.odd and r.random() < 0.03:
                lines.append("%s z%d[0];" % (self.name(t), i))
            dim = r.choice([0, 0, 0, 0, 1, 2, 3, 4]) if r.random() < 0.6 else 0
            align = " __attribute__((aligned(%d)))" % r.choice([1, 2, 4, 8, 16, 32, 64]) if r.random() < 0.04 else ""
            lines.append("%s %s%s%s;" % (self.name(t), name, "[%d]" % dim if dim else "", align))
            for j in range(max(dim, 1)):
                path = ".%s%s" % (name, "[%d]" % j if dim else "")
                leaves += [(path + p, l) for p, l in self.leaves(t)]
        if is_union and leaves:
            # fill one member only; several may overlay
            first = leaves[0][0].split(".")[1].split("[")[0]
            pick = r.choice(sorted({p.split(".")[1].split("[")[0] for p, _ in leaves}))
            leaves = [l for l in leaves if l[0].split(".")[1].split("[")[0] == pick] or [l for l in leaves if first in l[0]]
        attr = " __attribute__((packed))" if r.random() < 0.08 else ""
        self.decls.append("%s { %s }%s;" % (tag, " ".join(lines), attr))
        t = ("rec", tag, tuple(leaves))
        if len(leaves) > 40:
            return self.scalar()
        self.records.append(t)
        return t

    def name(self, t):
        return {"int": lambda: t[1], "flt": lambda: t[1], "ptr": lambda: "char *", "enum": lambda: "enum en", "rec": lambda: t[1]}[t[0]]()

    def leaves(self, t):
        return t[2] if t[0] == "rec" else [("", t)]

    def value(self, leaf, k):
        """An expression of the leaf's type, exactly representable, from the number k."""
        kind = leaf[0]
        v = (k * 2654435761 + 12345) & 0xffffffffffffffff
        v ^= v << 29 & 0xffffffffffffffff
        if kind == "int":
            bits = leaf[2]
            if leaf[1] == "_Bool":
                return str(v & 1)
            u = v & ((1 << bits) - 1)
            signed = bits in (7, 15, 31, 63)
            return "(%s)%s%du%s" % (leaf[1], "-" if signed and k & 1 else "", u, "l" if bits > 32 else "")
        if kind == "bits":
            _, _, bits, sg = leaf
            u = v & ((1 << bits) - 1) if bits else 0
            return "-%dl" % u if sg and k & 1 else "%dul" % u
        if kind == "flt":
            return "%d.%s%s" % ((v & 0xffff) - 32768, ["0", "25", "5", "75"][v >> 20 & 3], "f" if leaf[1] == "float" else "")
        if kind == "ptr":
            return "(char *)%dul" % (v & 0x7fffffffffff)
        return "(enum en)%d" % (v % 5)

    def wide(self, var, t):
        """The integer `var`, now and then cut from a wider value with other upper bits, which a convention may want extended."""
        if t[0] != "int" or t[1] == "_Bool" or t[2] > 32 or self.r.random() < 0.5:
            return var
        return "(%s)(%s + (junk << %d))" % (t[1], var, (t[2] + 7) // 8 * 8)

    def fill(self, out, var, t, k):
        for i, (p, l) in enumerate(self.leaves(t)):
            out.append("    %s%s = %s;" % (var, p, self.value(l, k + i * 7)))

    def check(self, out, var, t, k, where):
        for i, (p, l) in enumerate(self.leaves(t)):
            want = self.value(l, k + i * 7)
            if l[0] == "bits":
                want = "(long)" + want if l[3] else want
                out.append("    if ((%s)%s%s != %s) bad(\"%s %s%s\");" % ("long" if l[3] else "unsigned long", var, p, want, where, var, p))
            else:
                cast = "(%s)" % l[1] if l[0] in ("int", "flt") else ""
                out.append("    if (%s%s != %s%s) bad(\"%s %s%s\");" % (var, p, cast, want, where, var, p))

    def function(self, i):
        """Prototype, callee and caller of function i."""
        r = self.r
        res = None if r.random() < 0.08 else self.any()
        params = [self.any() for _ in range(r.randint(0, 20 if r.random() < 0.1 else 12))]
        variadic = bool(params) and r.random() < 0.3
        named = r.randint(1, len(params)) if variadic else len(params)
        rn = self.name(res) if res else "void"
        if variadic and params[named - 1][0] == "int" and params[named - 1][2] < 31 or variadic and params[named - 1] == ("flt", "float"):
            params[named - 1] = ("int", "long", 63)   # va_start wants a promoted type
        key = i * 1009
        proto = "%s f%d(%s%s)" % (rn, i, ", ".join("%s p%d" % (self.name(t), j) for j, t in enumerate(params[:named])) or "void", ", ..." if variadic else "")
        body = [proto, "{"]
        if variadic:
            body.append("    va_list ap;\n    va_start(ap, p%d);" % (named - 1))
            for j, t in enumerate(params[named:], named):
                n = self.name(t)
                if t[0] == "int" and t[2] < 31:
                    body.append("    %s p%d = (%s)va_arg(ap, int);" % (n, j, n))
                elif t == ("flt", "float"):
                    body.append("    float p%d = (float)va_arg(ap, double);" % j)
                else:
                    body.append("    %s p%d = va_arg(ap, %s);" % (n, j, n))
            body.append("    va_end(ap);")
        if res:
            body.append("    %s r;" % rn)
        for j, t in enumerate(params):
            self.check(body, "p%d" % j, t, key + j * 101, "f%d gets" % i)
        if res:
            self.fill(body, "r", res, key + 5003)
            body.append("    return %s;" % self.wide("r", res))
        body.append("}")
        call = ["void c%d(void)" % i, "{"]
        for j, t in enumerate(params):
            call.append("    %s p%d;" % (self.name(t), j))
        if res:
            call.append("    %s r;" % rn)
        for j, t in enumerate(params):
            self.fill(call, "p%d" % j, t, key + j * 101)
        args = ", ".join(self.wide("p%d" % j, t) for j, t in enumerate(params))
        call.append("    %sf%d(%s);" % ("r = " if res else "", i, args))
        if res:
            self.check(call, "r", res, key + 5003, "c%d has" % i)
        for j, t in enumerate(params):
            self.check(call, "p%d" % j, t, key + j * 101, "c%d keeps" % i)
        call.append("}")
        return proto + ";", body, call

    def files(self):
        protos, a, b = [], [], []
        for i in range(self.functions):
            p, body, call = self.function(i)
            protos.append(p)
            (a if i & 1 else b).extend(body)
            (b if i & 1 else a).extend(call)
        head = ["#include <stdarg.h>", "void bad(const char *);", "enum en { E0, E1, E2, E3, E4 };",
                "extern volatile unsigned long junk;"] + self.decls + protos
        n = self.functions
        main = ["int printf(const char *, ...);", "static int failed;", "volatile unsigned long junk;", "void bad(const char *s) { failed++; if (failed < 20) printf(\"%s\\n\", s); }"]
        main += ["void c%d(void);" % i for i in range(n)]
        sizes = ["    if (size_%s != sizeof(%s)) bad(\"size of %s\");" % (t[1].split()[1], t[1], t[1]) for t in self.records]
        main += ["int main(void)", "{"] + ["    junk = 0xa5c3f1e9d8b7a695ul;"] + ["    c%d();" % i for i in range(n)]
        main += ["    sizes();", "    return failed != 0;", "}"]
        b += ["unsigned long size_%s = sizeof(%s);" % (t[1].split()[1], t[1]) for t in self.records]
        head += ["extern unsigned long size_%s;" % t[1].split()[1] for t in self.records] + ["void sizes(void);"]
        a += ["void sizes(void)", "{"] + sizes + ["}"]
        return "\n".join(head + a + main) + "\n", "\n".join(head + b) + "\n"


def run(cmd, **kw):
    p = subprocess.run(cmd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, **kw)
    return p.returncode, p.stdout.decode("utf-8", "replace")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--idem")
    ap.add_argument("--dir", required=True)
    ap.add_argument("--programs", type=int, default=40)
    ap.add_argument("--functions", type=int, default=25)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--ccs", default="gcc,clang")
    ap.add_argument("--target", default="x86_64-linux-musl", choices=sorted(TARGETS))
    ap.add_argument("--keep", action="store_true")
    o = ap.parse_args()
    options, hosts, linkers, emulator, odd = TARGETS[o.target]
    ccs = [c for c in o.ccs.split(",") if c]
    failed = 0
    for seed in range(o.seed, o.seed + o.programs):
        a, b = Gen(seed, o.functions, odd).files()
        path = lambda n: os.path.join(o.dir, "%d.%s" % (seed, n))
        for n, text in (("a.c", a), ("b.c", b)):
            with open(path(n), "w") as f:
                f.write(text)
        builds = [("idem", [o.idem, "cc"] + options + ["-w", "-c"])] if o.idem else []
        for cc in [ccs[seed % len(ccs)]] if o.idem else ccs:
            builds.append((cc, hosts[cc] + ["-w", "-O%d" % (seed // 2 % 2), "-c", "-fno-stack-protector", "-Wno-psabi" if cc == "gcc" else "-w"]))
        trouble = None
        for name, cmd in builds:
            for n in "ab":
                status, out = run(cmd + [path(n + ".c"), "-o", path("%s.%s.o" % (n, name))])
                if status and not trouble:
                    trouble = "%s does not compile %s: %s" % (name, path(n + ".c"), out[:600])
        other = builds[-1][0]
        one = builds[0][0]
        links = [(one, other), (other, one)] + ([(one, one)] if o.idem else [])
        for x, y in links:
            if trouble:
                break
            exe = path("exe")
            objs = [path("a.%s.o" % x), path("b.%s.o" % y)]
            cmd = [o.idem, "cc"] + options if o.idem and (x == y or seed & 1) else linkers[seed // 2 % len(linkers)]
            status, out = run(cmd + objs + ["-o", exe])
            if status:
                trouble = "link of %s fails: %s" % (" ".join(objs), out[:400])
                break
            status, out = run(emulator + [exe])
            if status:
                trouble = "a by %s, b by %s, status %d: %s" % (x, y, status, out[:600].replace("\n", "; "))
        what = "%sseed %d, %s with %s" % (o.target + ", " if options else "", seed, one, other)
        if trouble:
            failed += 1
            print("not ok %s: %s" % (what, trouble))
        else:
            print("ok %s" % what)
            if not o.keep:
                for f in os.listdir(o.dir):
                    if f.startswith("%d." % seed):
                        os.unlink(os.path.join(o.dir, f))
        sys.stdout.flush()
    return failed != 0


sys.exit(main())
