"""Random IR functions, once through the fast lane and once through C and gcc: python3 differ.py IDEM FOLDER ROUNDS [SEED [OPTION...]].
make_function writes IR text; to_c reads the canonical text that `idem ir` prints and says the same in C, block by block.
Both run on the same arguments and memory; results and memory must agree."""
import random, re, subprocess, sys

C_TYPE = {"i32": "uint32_t", "i64": "uint64_t", "f32": "float", "f64": "double"}

# ---- random functions ----

INT2 = "add sub mul mulhs mulhu and or xor shl lshr ashr rotl rotr".split()
INT1 = "neg not clz ctz popcnt bswap sext8 sext16 zext8 zext16".split()
CMP = "eq ne slt sge sle sgt ult uge ule ugt".split()
FCMP = "foeq fone folt fole fogt foge ford fueq fune fult fule fugt fuge funo".split()
OVER = "saddo uaddo ssubo usubo smulo umulo".split()
CONSTS = [0, 1, 2, 3, 5, 7, 8, 12, 31, 63, 100, 255, 256, 4095, 65535, 65536, 0x7fffffff, -1, -2, -8, -100, -128, -32769, -0x80000000]
BIG = [0x80000000, 0xffffffff, 0x100000000, 0x123456789abcdef, 0x7fffffffffffffff, -0x8000000000000000, -0x80000001]


class Maker:
    def __init__(self, rng, name):
        self.rng, self.n, self.b = rng, 0, 0
        self.out = []
        self.vals = {"i32": [], "i64": [], "f32": [], "f64": []}
        self.slots = []
        self.depth = 0
        self.name = name

    def line(self, s):
        self.out.append("  " + s)

    def value(self, t, text):
        self.n += 1
        v = "v%d" % self.n
        self.line("%s = %s" % (v, text))
        self.vals[t].append(v)
        return v

    def const(self, t):
        r = self.rng
        if t in ("i32", "i64"):
            return str(r.choice(CONSTS + (BIG if t == "i64" else [])))
        return r.choice("0x0p+0 -0x0p+0 0x1p+0 -0x1.8p+1 0x1.999999p-4 0x1p+31 -0x1p+63 0x1p+100 inf 0x1p-130".split())

    def pick(self, t, const=0.25):
        vs = self.vals[t]
        if not vs or self.rng.random() < const:
            return self.const(t)
        return self.rng.choice(vs[-8:] if self.rng.random() < 0.6 else vs)

    def block(self):
        self.b += 1
        return "b%d" % self.b

    def start(self, b):
        self.out.append("%s: depth %d" % (b, self.depth))
        self.cur = b

    def op(self):
        r, k = self.rng, self.rng.random()
        t = r.choice(["i32", "i64"])
        f = r.choice(["f32", "f64"])
        if k < 0.28:
            self.value(t, "%s.%s %s, %s" % (r.choice(INT2), t, self.pick(t), self.pick(t)))
        elif k < 0.36:
            self.value(t, "%s.%s %s" % (r.choice(INT1), t, self.pick(t, 0.05)))
        elif k < 0.41:
            self.value("i32", "%s.%s %s, %s" % (r.choice(CMP), t, self.pick(t), self.pick(t)))
        elif k < 0.45:
            op = r.choice(["sext32.i64 %s" % self.pick("i32"), "zext32.i64 %s" % self.pick("i32"), "trunc.i32 %s" % self.pick("i64")])
            self.value(op.split()[0].split(".")[1], op)
        elif k < 0.48:
            self.value("i64", "index.i64 %s, %s, %d" % (self.pick("i64"), self.pick("i64"), r.choice([1, 2, 3, 4, 8, 12, -8, 24, 40, 1000])))
        elif k < 0.53:
            d = self.pick(t, 0.4)
            if d.startswith("v") or int(d) in (0, -1):
                d = self.value(t, "and.%s %s, 32767" % (t, d))
                d = self.value(t, "or.%s %s, %d" % (t, d, r.choice([1, 6, 9])))
            self.value(t, "%s.%s %s, %s" % (r.choice("sdiv udiv srem urem".split()), t, self.pick(t), d))
        elif k < 0.57:
            v = self.value(t, "%s.%s %s, %s" % (r.choice(OVER), t, self.pick(t), self.pick(t)))
            if r.random() < 0.8:
                self.value("i32", "proj.i32 %s, 1" % v)
        elif k < 0.61:
            a = r.choice([t, f])
            self.value(a, "select.%s %s, %s, %s" % (a, self.pick("i32", 0.05), self.pick(a), self.pick(a)))
        elif k < 0.72:
            self.memory(t)
        elif k < 0.80:
            mode = r.choice(["", "", "", " rne", " rtz", " rdn", " rup"])
            self.value(f, r.choice(["%s.%s %s, %s%s" % (r.choice("fadd fsub fmul fdiv".split()), f, self.pick(f), self.pick(f), mode),
                                    "%s.%s %s" % (r.choice("fneg fabs canon".split()), f, self.pick(f)),
                                    "fsqrt.%s %s%s" % (f, self.pick(f), mode)]))
            if r.random() < 0.1:
                c = self.value(f, "canon.%s %s" % (f, self.pick(f)))
                self.value(f, "fcopysign.%s %s, %s" % (f, self.pick(f), c))
        elif k < 0.83:
            self.value("i32", "%s.%s %s, %s%s" % (r.choice(FCMP), f, self.pick(f), self.pick(f), r.choice(["", "", " signaling"])))
        elif k < 0.89:
            self.convert(t, f)
        elif k < 0.93:
            self.call()
        else:
            self.atomic(t)

    def convert(self, t, f):
        r = self.rng
        k = r.randint(0, 3)
        if k == 0:
            g = "f64" if f == "f32" else "f32"
            self.value(f, "fcvt.%s %s" % (f, self.typed(g)))
        elif k == 1:
            self.value(f, "%s.%s %s%s" % (r.choice(["si2f", "ui2f"]), f, self.typed(t), r.choice(["", "", " rtz", " rup"])))
        elif k == 2:
            self.value(t, "%s.%s %s%s sat" % (r.choice(["f2si", "f2ui"]), t, self.typed(f), r.choice(["", "", " rne", " rdn", " rup", " rtz", " dyn"])))
        else:
            c = self.value(f, "canon.%s %s" % (f, self.pick(f)))
            w = "i32" if f == "f32" else "i64"
            self.value(w, "bitcast.%s %s" % (w, c))

    def typed(self, t):
        v = self.pick(t)
        return v if v.startswith("v") else t + ":" + v

    def address(self):
        r = self.rng
        k = r.random()
        if k < 0.25:
            return "@mem+%d" % r.choice([0, 8, 24, 64]), ", %d" % r.choice([0, 8, 16])
        if k < 0.45 and self.slots:
            return "slot%d" % r.choice(self.slots), r.choice(["", ", 8", ", 24"])
        i = self.value("i64", "and.i64 %s, 15" % self.pick("i64"))
        base = r.choice(["@mem", "@mem+64", "slot0"])
        a = self.value("i64", r.choice(["index.i64 %s, %s, 8" % (base, i), "add.i64 %s, %s" % (base, i)]))
        self.vals["i64"].remove(a)      # where things are is not the same for both
        return a, r.choice(["", "+0", "+8", "+16"])

    def memory(self, t):
        r = self.rng
        k = r.random()
        if k < 0.3:
            s = r.randrange(4)
            st = ["i32", "i64", "f64", "i32"][s]
            w = " u8" if s == 3 else ""
            if r.random() < 0.5:
                self.line("store.%s%s [slot%d], %s" % (st, w, s + 1, self.pick(st)))
            else:
                self.value(st, "load.%s%s [slot%d]" % (st, r.choice([" u8", " s8"]) if w else "", s + 1))
            return
        t = r.choice([t, t, "f32", "f64"])
        widths = {"i32": ["", " u8", " s8", " u16", " s16"], "i64": ["", " u8", " s8", " u16", " s16", " u32", " s32"]}.get(t, [""])
        a, off = self.address()
        if k < 0.65:
            v = self.value(t, "load.%s%s [%s%s]" % (t, r.choice(widths), a, off))
            if t in ("f32", "f64"):     # foreign bits may be a NaN of any kind
                self.vals[t].remove(v)
                self.value(t, "canon.%s %s" % (t, v))
        elif k < 0.95:
            v = self.pick(t)
            if t in ("f32", "f64"):
                v = self.value(t, "canon.%s %s" % (t, v))
            self.line("store.%s%s [%s%s], %s" % (t, r.choice([w for w in widths if "s" not in w]), a, off, v))
        elif k < 0.975:
            self.line("copy [@mem], [slot0+%d], %d align 8" % (r.choice([0, 8]), r.choice([1, 7, 8, 24, 33, 64])))
        else:
            self.line("fill [slot0], %s, %d" % (self.pick("i32"), r.choice([0, 3, 16, 40, 128])))

    def atomic(self, t):
        r = self.rng
        a = r.choice(["@mem", "@mem+8", "slot0+16"])
        w = r.choice({"i32": ["", " u8", " u16"], "i64": ["", " u8", " u16", " u32"]}[t])
        order = r.choice("relaxed acquire release acq_rel seq_cst".split())
        if r.random() < 0.7:
            kind = r.choice("xchg add sub and or xor nand smin smax umin umax".split())
            self.value(t, "rmw.%s %s%s [%s], %s %s align 8" % (t, kind, w, a, self.pick(t), order))
        elif r.random() < 0.8:
            v = self.value(t, "cas.%s%s [%s], %s, %s seq_cst align 8" % (t, w, a, self.pick(t), self.pick(t)))
            self.value("i32", "proj.i32 %s, 1" % v)
        else:
            self.line("fence %s" % r.choice("acquire release acq_rel seq_cst".split()))

    def call(self):
        r = self.rng
        if r.random() < 0.6:
            self.value("i64", "call.i64 @mix(int0.i64 %s, int1.i32 %s, fp0.f64 %s) -> int0.i64" % (
                self.pick("i64"), self.pick("i32"), self.value("f64", "canon.f64 %s" % self.pick("f64"))))
        else:
            a = [self.pick("i64") for _ in range(8)]
            self.value("i64", "call.i64 @many(%s, stack0.i64 %s, stack8.i64 %s) -> int0.i64 stack 16" % (
                ", ".join("int%d.i64 %s" % (i, a[i]) for i in range(6)), a[6], a[7]))

    def mark(self):
        return {t: len(v) for t, v in self.vals.items()}

    def reset(self, m):
        for t in m:
            del self.vals[t][m[t]:]

    def phis(self, pairs_of):
        """pairs_of: list of (block, marks' values by type)"""
        for t in ("i32", "i64", "f64"):
            if self.rng.random() < 0.5:
                self.value(t, "phi.%s [%s]" % (t, ", ".join("%s: %s" % (b, self.rng.choice(vs[t]) if vs[t] else self.const(t)) for b, vs in pairs_of)))

    def region(self, n):
        while n > 0:
            k = self.rng.random()
            if k < 0.82 or self.depth >= 3 or self.b > 40:
                self.op()
                n -= 1
            elif k < 0.91:
                n -= self.if_else()
            elif k < 0.96:
                n -= self.loop()
            else:
                n -= self.switch()

    def if_else(self):
        yes, no, end = self.block(), self.block(), self.block()
        t = self.rng.choice(["i32", "i64"])
        c = self.value("i32", "%s.%s %s, %s" % (self.rng.choice(CMP), t, self.pick(t), self.pick(t))) if self.rng.random() < 0.7 else self.pick("i32", 0.02)
        self.line("br %s, %s, %s" % (c, yes, no))
        m, arms = self.mark(), []
        for b in (yes, no):
            self.start(b)
            self.region(self.rng.randint(0, 8))
            arms.append((self.cur, {t: list(v) for t, v in self.vals.items()}))
            self.line("jmp %s" % end)
            self.reset(m)
        self.start(end)
        self.phis(arms)
        return 8

    def loop(self):
        head, body, end = self.block(), self.block(), self.block()
        entry = self.cur
        self.line("jmp %s" % head)
        m = self.mark()
        before = {t: list(v) for t, v in self.vals.items()}
        self.depth += 1
        self.start(head)
        at = len(self.out)
        i, acc, facc = "v%d" % (self.n + 1), "v%d" % (self.n + 2), "v%d" % (self.n + 3)
        self.n += 3
        self.vals["i32"].append(i)
        self.vals["i64"].append(acc)
        self.vals["f64"].append(facc)
        self.value("i32", "slt.i32 %s, %d" % (i, self.rng.randint(1, 6)))
        self.line("br v%d, %s, %s" % (self.n, body, end))
        m2 = self.mark()
        self.start(body)
        self.region(self.rng.randint(1, 10))
        nxt = self.value("i32", "add.i32 %s, 1" % i)
        back = self.cur
        na, nf = self.pick("i64", 0), self.pick("f64", 0)
        self.line("jmp %s" % head)
        self.reset(m2)
        self.out[at:at] = ["  %s = phi.i32 [%s: 0, %s: %s]" % (i, entry, back, nxt),
                           "  %s = phi.i64 [%s: %s, %s: %s]" % (acc, entry, self.rng.choice(before["i64"]), back, na),
                           "  %s = phi.f64 [%s: %s, %s: %s]" % (facc, entry, self.rng.choice(before["f64"]), back, nf)]
        self.depth -= 1
        self.start(end)
        return 10

    def switch(self):
        r = self.rng
        end, arms = self.block(), []
        t = r.choice(["i32", "i64"])
        v = self.value(t, "and.%s %s, 15" % (t, self.pick(t))) if r.random() < 0.7 else self.pick(t, 0)
        cuts = sorted(r.sample(range(-5, 20), r.randint(1, 5) * 2))
        if r.random() < 0.2:
            cuts = [c * 1000 for c in cuts]
        targets = [self.block() for _ in range(r.randint(1, 4))]
        cases = ["%s: %s" % (a if r.random() < 0.6 else "%d..%d" % (a, b - 1), r.choice(targets)) for a, b in zip(cuts[::2], cuts[1::2])]
        self.line("switch.%s %s [%s] else %s" % (t, v, ", ".join(cases), targets[0]))
        used = {c.split(": ")[1] for c in cases} | {targets[0]}
        m = self.mark()
        for b in targets:
            if b not in used:
                continue
            self.start(b)
            self.region(r.randint(0, 4))
            arms.append((self.cur, {t: list(v) for t, v in self.vals.items()}))
            self.line("jmp %s" % end)
            self.reset(m)
        self.start(end)
        self.phis(arms)
        return 8

    def make(self):
        self.start("b0")
        for k, t in enumerate("i64 i64 i32 i32 f64 f32".split()):
            self.value(t, "param.%s %d" % (t, k))
        self.slots = [0]
        self.line("fill [slot0], 7, 192")
        for s, t in enumerate("i32 i64 f64 i32".split()):
            self.line("store.%s%s [slot%d], %s" % (t, " u8" if s == 3 else "", s + 1, self.vals[t][0]))
        self.region(self.rng.choice([5, 15, 40]))
        h = self.vals["i64"][-1]
        for v in self.rng.sample(self.vals["i64"], min(4, len(self.vals["i64"]))):
            h = self.value("i64", "mul.i64 %s, 1099511628211" % h)
            h = self.value("i64", "xor.i64 %s, %s" % (h, v))
        for v in self.rng.sample(self.vals["i32"], min(4, len(self.vals["i32"]))):
            w = self.value("i64", "zext32.i64 %s" % v)
            h = self.value("i64", "rotl.i64 %s, 13" % h)
            h = self.value("i64", "add.i64 %s, %s" % (h, w))
        c = self.value("f64", "canon.f64 %s" % self.vals["f64"][-1])
        w = self.value("i64", "bitcast.i64 %s" % c)
        h = self.value("i64", "add.i64 %s, %s" % (h, w))
        self.line("ret %s" % h)
        slots = ["  slot0: 256 align 16", "  slot1: 4 align 4 i32 scalar", "  slot2: 8 align 8 i64 scalar",
                 "  slot3: 8 align 8 f64 scalar", "  slot4: 1 align 1 i32 scalar"]
        head = "func @%s(int0.i64, int1.i64, int2.i32, int3.i32, fp0.f64, fp1.f32) -> int0.i64 {" % self.name
        return "\n".join([head] + slots + self.out + ["}"])


# ---- canonical text to C ----

class ToC:
    def __init__(self, prefix):
        self.prefix = prefix

    def const(self, s, t):
        m = re.match(r"(i32|i64|f32|f64):(.*)", s)
        if m:
            return self.const(m.group(2), m.group(1))
        if s.startswith("v"):
            return s
        m = re.match(r"(slot\d+|@\w+|inarg)([+-]\d+)?$", s)
        if m:
            return "((uint64_t)%s + (%s))" % (m.group(1).replace("@", ""), m.group(2) or "0")
        if t in ("f32", "f64"):
            if s.endswith("inf"):
                return "(%s)%sINFINITY" % (C_TYPE[t], "-" if s[0] == "-" else "")
            if s.startswith("nan") or s.startswith("-nan"):
                return "(%s)%sNAN" % (C_TYPE[t], "-" if s[0] == "-" else "")
            return "(%s)%s" % (C_TYPE[t], s)
        return "(%s)%sULL" % (C_TYPE[t], hex(int(s) & ((1 << (32 if t == "i32" else 64)) - 1)))

    def address(self, s):
        s = s.strip("[]")
        m = re.match(r"(v\d+)([+-]\d+)?$", s)
        if m:
            return "(%s + (uint64_t)(%s))" % (m.group(1), m.group(2) or "0")
        p = s.split(", ")
        return "(%s + (uint64_t)(%s))" % (self.const(p[0], "i64"), p[1] if len(p) > 1 else "0")

    def edge(self, b):
        return "{ from = %s; goto %s_; }" % (self.cur[1:], b)

    def unit(self, text):
        out = []
        for f in re.split(r"\n(?=func )", text):
            if f.startswith("func "):
                out.append(self.function(f))
        return "\n".join(out)

    def function(self, text):
        lines = text.strip().split("\n")
        name = re.match(r"func @(\w+)", lines[0]).group(1)
        types, body, decl = {}, [], []
        self.types = types
        for l in lines:
            m = re.match(r"  (v\d+) = (\w+)\.(\w+) ", l)
            if m:
                types[m.group(1)] = "i32" if m.group(2) in CMP + FCMP else m.group(3)
        self.cur, self.heads, phis = "b0", [], []
        for l in lines[1:-1]:
            m = re.match(r"  slot(\d+): (\d+)", l)
            if m:
                decl.append("_Alignas(16) unsigned char slot%s[%s];" % m.groups())
                continue
            m = re.match(r"b(\d+):", l)
            if m:
                self.flush(body, phis)
                self.cur = "b" + m.group(1)
                body.append("%s_:;" % self.cur)
                continue
            m = re.match(r"  (v\d+) = phi\.(\w+) \[(.*)\]", l)
            if m:
                phis.append((m.group(1), m.group(2), [p.split(": ", 1) for p in m.group(3).split(", ")]))
                continue
            self.flush(body, phis)
            body.append(self.instruction(l.strip()))
        for v, t in types.items():
            decl.append("%s %s, %s_n; (void)%s; (void)%s_n;" % (C_TYPE[t], v, v, v, v))
        return ("uint64_t %s%s(uint64_t p0, uint64_t p1, uint32_t p2, uint32_t p3, double p4, float p5) {\nint from = 0; (void)from;\n%s\n%s\n}\n"
                % (self.prefix, name, "\n".join(decl), "\n".join(body)))

    def flush(self, body, phis):
        for v, t, pairs in phis:
            body.append("switch (from) { %s default: abort(); }" % " ".join("case %s: %s_n = %s; break;" % (b[1:], v, self.const(x, t)) for b, x in pairs))
        for v, t, pairs in phis:
            body.append("%s = %s_n;" % (v, v))
        del phis[:]

    def instruction(self, l):
        m = re.match(r"(?:(v\d+) = )?(\w+)(?:\.(\w+))? ?(.*)", l)
        v, op, t, rest = m.groups()
        rest = re.sub(r" (align \d+|volatile|traps)", "", rest)
        e = self.expression(v, op, t, rest)
        return "%s = %s;" % (v, e) if v and e is not None else (e or "") if not v else ""

    def expression(self, v, op, t, rest):
        words = rest.split()
        mode = next((w for w in words if w in "rne rtz rdn rup rmm dyn".split()), "")
        sat = "sat" in words
        args = re.sub(r" (rne|rtz|rdn|rup|rmm|dyn|sat|strict|signaling)\b", "", rest).split(", ")
        c = lambda k, u=t: self.const(args[k], u)
        w = "32" if t == "i32" else "64"
        if op == "param":
            return "p" + rest
        if op in ("add", "sub", "mul", "and", "or", "xor"):
            return "%s %s %s" % (c(0), {"add": "+", "sub": "-", "mul": "*", "and": "&", "or": "|", "xor": "^"}[op], c(1))
        if op in INT2 + INT1 + ["sdiv", "udiv", "srem", "urem"]:
            return "%s%s(%s)" % (op, w, ", ".join(c(k) for k in range(len(args))))
        if op in CMP:
            cast = "(int%s_t)" % w if op[0] == "s" else ""
            sign = {"eq": "==", "ne": "!=", "lt": "<", "ge": ">=", "le": "<=", "gt": ">"}[op[-2:]]
            return "%s%s %s %s%s" % (cast, c(0), sign, cast, c(1))
        if op in FCMP:
            return "fcmp_%s(%s, %s)" % (op, c(0), c(1))
        if op in ("sext32", "zext32", "trunc"):
            return {"sext32": "(uint64_t)(int64_t)(int32_t)%s", "zext32": "(uint64_t)%s", "trunc": "(uint32_t)%s"}[op] % self.const(args[0], "i64" if op == "trunc" else "i32")
        if op == "index":
            return "%s + %s * (uint64_t)(int64_t)%s" % (c(0), c(1), args[2])
        if op in OVER:
            self.over = "%s%s_over(%s, %s)" % (op, w, c(0), c(1))
            return "%s %s %s" % (c(0), {"a": "+", "s": "-", "m": "*"}[op[1]], c(1))
        if op == "proj":
            return self.over
        if op == "select":
            return "%s ? %s : %s" % (self.const(args[0], "i32"), c(1), c(2))
        if op in ("fadd", "fsub", "fmul", "fdiv", "fsqrt"):
            return "%s_%s(%s, %s)" % (op, t, ", ".join(c(k) for k in range(len(args))), "M_" + (mode or "rne"))
        if op in ("fneg", "fabs", "canon", "fcopysign"):
            return "%s_%s(%s)" % (op, t, ", ".join(c(k) for k in range(len(args))))
        if op == "fcvt":
            return "(%s)%s" % (C_TYPE[t], self.const(args[0], "f64"))
        if op in ("si2f", "ui2f"):
            a = args[0]
            return "%s_%s_%s(%s, M_%s)" % (op, t, self.type_of(a), self.const(a, self.type_of(a)), mode or "rne")
        if op in ("f2si", "f2ui"):
            a = args[0]
            return "(%s)%s_%s((double)%s, M_%s)" % (C_TYPE[t], op, t, self.const(a, self.type_of(a)), {"": "rtz", "dyn": "rne"}.get(mode, mode))
        if op == "bitcast":
            return "bits_%s(%s)" % (t, self.const(args[0], self.type_of(args[0])))
        if op in ("load", "store", "rmw", "cas"):
            return self.memory(op, t, rest)
        if op == "copy":
            m = re.match(r"(\[.*?\]), (\[.*?\]), (\d+)", rest)
            return "memmove((void *)%s, (void *)%s, %s);" % (self.address(m.group(1)), self.address(m.group(2)), m.group(3))
        if op == "fill":
            m = re.match(r"(\[.*?\]), (\S+), (\d+)", rest)
            return "memset((void *)%s, (int)%s, %s);" % (self.address(m.group(1)), self.const(m.group(2), "i32"), m.group(3))
        if op == "fence":
            return ";"
        if op == "call":
            m = re.match(r"@(\w+)\((.*)\) ->", rest)
            return "%s(%s)" % (m.group(1), ", ".join(self.const(a.split(" ")[1], a.split(" ")[0].split(".")[1]) for a in m.group(2).split(", ")))
        if op == "jmp":
            return self.edge(rest)
        if op == "br":
            return "if (%s) %s else %s" % (self.const(args[0], "i32"), self.edge(args[1]), self.edge(args[2]))
        if op == "switch":
            m = re.match(r"(\S+) \[(.*)\] else (b\d+)", rest)
            s = "{ int64_t s_ = (int%s_t)%s; " % (w, self.const(m.group(1), t))
            for case in m.group(2).split(", ") if m.group(2) else []:
                lo, b = case.split(": ")
                lo, hi = lo.split("..") if ".." in lo else (lo, lo)
                s += "if (s_ >= %sLL && s_ <= %sLL) %s " % (lo, hi, self.edge(b))
            return s + self.edge(m.group(3)) + " }"
        if op == "ret":
            return "return %s;" % self.const(rest, "i64")
        raise Exception("cannot say %s in C" % op)

    def type_of(self, a):
        return a.split(":")[0] if ":" in a else self.types[a]

    def memory(self, op, t, rest):
        m = re.match(r"(?:(xchg|add|sub|and|or|xor|nand|smin|smax|umin|umax) )?(?:([su]\d+) )?(\[.*?\])(?:, (.*))?$", rest)
        kind, width, addr, more = m.groups()
        a = self.address(addr)
        u = (more or "").split(" ")[0].rstrip(",")
        if t in ("f32", "f64"):
            return "load_%s(%s)" % (t, a) if op == "load" else "store_%s(%s, %s);" % (t, a, self.const(u, t))
        width = width or ("u32" if t == "i32" else "u64")
        n = width[1:]
        if op == "load":
            return "(%s)(%sint%s_t)load_u%s(%s)" % (C_TYPE[t], "" if width[0] == "s" else "u", n, n, a)
        if op == "store":
            return "store_u%s(%s, (uint%s_t)%s);" % (n, a, n, self.const(u, t))
        if op == "rmw":
            return "rmw_%s%s(%s, (uint%s_t)%s)" % (kind, n, a, n, self.const(u, t))
        e, d = more.split(", ")
        self.over = "cas_ok"
        return "cas%s(%s, (uint%s_t)%s, (uint%s_t)%s)" % (n, a, n, self.const(e, t), n, self.const(d.split(" ")[0], t))


def trial(idem, tmp, text, options):
    """None when lane and C agree, else what was seen."""
    here = sys.path[0]
    with open(tmp + "/r.ir", "w") as f:
        f.write(text)
    p = subprocess.run([idem, "ir", tmp + "/r.ir"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if p.returncode:
        return "text: " + p.stderr.decode()
    canonical = p.stdout.decode()
    names = re.findall(r"^func @(\w+)", canonical, re.M)
    with open(tmp + "/r.c", "w") as f:
        f.write('#include "%s/differ.h"\n%s\n' % (here, ToC("c_").unit(canonical)))
        f.write("".join("uint64_t %s(uint64_t, uint64_t, uint32_t, uint32_t, double, float);\n" % k for k in names))
        f.write("static const Pair pairs[] = {%s};\n" % ", ".join('{"%s", %s, c_%s}' % (k, k, k) for k in names))
        f.write("int main(void) { return run(pairs, %d); }\n" % len(names))
    p = subprocess.run([idem, "ir", "--compile"] + options + ["-o", tmp + "/r.o", tmp + "/r.ir"], stderr=subprocess.PIPE)
    if p.returncode:
        return "compile: status %d %s" % (p.returncode, p.stderr.decode())
    subprocess.run(["gcc", "-O1", "-w", "-no-pie", "-frounding-math", "-ffp-contract=off", "-fno-strict-aliasing", "-o",
                    tmp + "/r", tmp + "/r.c", tmp + "/r.o", "-lm"], check=True)
    p = subprocess.run([tmp + "/r"], stdout=subprocess.PIPE, timeout=60)
    if p.returncode == 3:
        return "text: the function itself never ends"
    return "status %d\n%s" % (p.returncode, p.stdout.decode()) if p.returncode else None


HEAD = "sym @mem\nsym @mix func\nsym @many func\n"


def reduce(idem, tmp, fn, options):
    """Leaves out instructions as long as lane and C disagree."""
    p = subprocess.run([idem, "ir", "-"], input=(HEAD + fn).encode(), stdout=subprocess.PIPE)
    lines = p.stdout.decode().split("func ", 1)[1].rstrip().split("\n")
    lines[0] = "func " + lines[0]

    def prune(ls):
        """Takes out blocks that nothing reaches, and their pairs in phis."""
        first = [i for i, l in enumerate(ls) if l.startswith("b")]
        blocks = {ls[a].split(":")[0]: ls[a:b] for a, b in zip(first, first[1:] + [len(ls) - 1])}
        todo, seen = ["b0"], {"b0"}
        while todo:
            for t in re.findall(r"\bb\d+\b", blocks[todo.pop()][-1]):
                if t not in seen:
                    seen.add(t)
                    todo.append(t)
        kept = ls[:first[0]] + [l for b in blocks if b in seen for l in blocks[b]] + ls[-1:]

        def pairs(m):
            return "[" + ", ".join(x for x in m.group(1).split(", ") if x.split(":")[0] in seen) + "]"
        return [re.sub(r"\[(.*)\]", pairs, l) if " = phi." in l else l for l in kept]

    def bad(ls):
        seen = trial(idem, tmp, HEAD + "\n".join(ls) + "\n", options)
        return seen is not None and not seen.startswith("text")

    def without(ls, i):
        m = re.match(r"  (v\d+) = (\w+)\.(\w+)", ls[i])
        if m:
            t = "i32" if m.group(2) in CMP + FCMP else m.group(3)
            to = {"i32": "i32:1", "i64": "i64:3", "f32": "f32:0x1p+0", "f64": "f64:0x1p+0"}[t]
            return [re.sub(r"\b%s\b" % m.group(1), to, l) for k, l in enumerate(ls) if k != i]
        m = re.match(r"  br \S+, (b\d+), (b\d+)", ls[i])
        return ls[:i] + (["  jmp " + m.group(1)] if m else []) + ls[i + 1:]

    again = True
    while again:
        again = False
        for i in sorted(range(1, len(lines) - 1), key=lambda i: not re.match("  (br|switch)", lines[i])):
            if not lines[i].startswith("b"):
                ls = without(lines, i)
                if bad(prune(ls)):
                    lines, again = prune(ls), True
                    break
    return "\n".join(lines)


def main():
    idem, tmp, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    options = [o for o in sys.argv[5:] if o != "reduce"]
    for n in range(rounds):
        rng = random.Random(seed * 100003 + n)
        fns = [Maker(rng, "f%d" % k).make() for k in range(20)]
        seen = trial(idem, tmp, HEAD + "\n".join(fns) + "\n", options)
        if seen is None:
            continue
        print("round %d of seed %d: %s" % (n, seed, seen))
        for k, fn in enumerate(fns if "reduce" in sys.argv else []):
            one = trial(idem, tmp, HEAD + fn + "\n", options)
            if one:
                print(one + reduce(idem, tmp, fn, options), flush=True)
        sys.exit(1)


main()
