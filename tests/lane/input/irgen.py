#!/usr/bin/env python3
"""Random IR programs with a C translation. irgen.py SEED OUT [size=N] [ints=N] [mixed=1] [frame=N]: writes OUT.ir (functions f0..) and
OUT.c, a driver whose reference functions do the same operation by operation; the program prints ok or the first difference.
size: statements a function; ints: integer argument registers (6 on x64, else 8); mixed: where floats go on in them, as on rv64;
frame: bytes in front of everything else in the frame."""
import random, re, sys

MASK = {'i32': 'uint32_t', 'i64': 'uint64_t', 'f32': 'float', 'f64': 'double'}
INT = ['i32', 'i64']
FLT = ['f32', 'f64']
OPTIONS = {'ints': 6, 'mixed': 0, 'frame': 0, 'size': 0}


class Fn:
    def __init__(self, r, name, params, size, opts):
        self.r, self.name, self.params, self.opts = r, name, params, opts
        self.n = 0
        self.nb = 0
        self.ir, self.c = [], []
        self.decls = []
        self.budget = size
        self.slots = []
        self.depth = 0
        self.cur = 0

    def const(self, t):
        r = self.r
        if t in FLT:
            v = r.choice([0.0, 1.0, -1.0, 0.5, 3.25, -100.0, 1e10, 65536.0, r.randrange(-1000, 1000) / 8])
            if t == 'f32':
                return ('%r' % v, '(float)%r' % v)
            return ('%r' % v, '%r' % v)
        bits = 32 if t == 'i32' else 64
        k = r.randrange(6)
        if k == 0: v = r.randrange(-4, 20)
        elif k == 1: v = r.randrange(-200, 200)
        elif k == 2: v = 1 << r.randrange(bits)
        elif k == 3: v = (1 << r.randrange(bits)) - 1
        elif k == 4: v = r.getrandbits(bits)
        else: v = r.choice([127, 128, -128, -129, 255, 256, 0x7fffffff, -0x80000000, 0xffff, 0x80000000])
        v &= (1 << bits) - 1
        if v >> (bits - 1): v -= 1 << bits
        return (str(v), '(%s)%dull' % (MASK[t], v & ((1 << bits) - 1)))

    def new(self, t):
        self.n += 1
        v = 'v%d' % self.n
        self.decls.append('%s %s;' % (MASK[t], v))
        return v

    def block(self):
        self.nb += 1
        return self.nb

    def label(self, b):
        self.ir.append('b%d:' % b)
        self.c.append('b%d:;' % b)
        self.cur = b

    def emit(self, ir, c):
        if ir.startswith('store.'):
            ir = re.sub(r'^(store\.\w+) s(\d)', r'\1 u\2', ir)
        self.ir.append('  ' + ir)
        self.c.append('  ' + c)

    def pick(self, scope, t, const=0.25):
        r = self.r
        c = [v for v, vt in scope if vt == t]
        if not c or r.random() < const:
            return self.const(t)
        v = r.choice(c[-12:] if r.random() < 0.7 else c)
        return (v, v)

    def pickv(self, scope, t):
        """A value, never a constant."""
        p = self.pick(scope, t, 0)
        if p[0][0] == 'v':
            return p
        v = self.new(t)
        self.emit('%s = load.%s [@gzero]' % (v, t), '%s = *(%s*)gzero;' % (v, MASK[t]))
        scope.append((v, t))
        return (v, v)

    def define(self, scope, t, ir, c):
        v = self.new(t)
        self.emit('%s = %s' % (v, ir), '%s = %s;' % (v, c))
        scope.append((v, t))
        return v

    # ---- instructions ----
    def int_op(self, scope):
        r = self.r
        t = r.choice(INT)
        s = 'int32_t' if t == 'i32' else 'int64_t'
        u = MASK[t]
        bits = 32 if t == 'i32' else 64
        k = r.random()
        a, b = self.pick(scope, t, 0.1), self.pick(scope, t, 0.4)
        if a[0][0] != 'v' and b[0][0] != 'v':
            a = self.pickv(scope, t)
        A, B = a[1], b[1]
        if k < 0.45:
            op = r.choice(['add', 'sub', 'mul', 'and', 'or', 'xor', 'add', 'sub', 'add'])
            sym = {'add': '+', 'sub': '-', 'mul': '*', 'and': '&', 'or': '|', 'xor': '^'}[op]
            self.define(scope, t, '%s.%s %s, %s' % (op, t, a[0], b[0]), '(%s)(%s %s %s)' % (u, A, sym, B))
        elif k < 0.6:
            op = r.choice(['shl', 'lshr', 'ashr', 'rotl', 'rotr'])
            n = '(%s & %d)' % (B, bits - 1)
            c = {'shl': '%s << %s' % (A, n), 'lshr': '%s >> %s' % (A, n), 'ashr': '(%s)((%s)%s >> %s)' % (u, s, A, n),
                 'rotl': '(%s << %s) | (%s >> ((%d - %s) & %d))' % (A, n, A, bits, n, bits - 1),
                 'rotr': '(%s >> %s) | (%s << ((%d - %s) & %d))' % (A, n, A, bits, n, bits - 1)}[op]
            self.define(scope, t, '%s.%s %s, %s' % (op, t, a[0], b[0]), '(%s)(%s)' % (u, c))
        elif k < 0.72:
            op = r.choice(['sdiv', 'udiv', 'srem', 'urem'])
            sg = op[0] == 's'
            sym = '/' if 'div' in op else '%'
            if r.random() < 0.6:
                while True:
                    b = self.const(t)
                    if int(b[0]) not in (0, -1):
                        break
            else:
                d = self.pickv(scope, t)
                m = self.define(scope, t, 'and.%s %s, 65535' % (t, d[0]), '%s & 65535' % d[1])
                m = self.define(scope, t, 'or.%s %s, 1' % (t, m), '%s | 1' % m)
                b = (m, m)
            a = self.pickv(scope, t)
            if sg:
                c = '(%s)((%s)%s %s (%s)%s)' % (u, s, a[1], sym, s, b[1])
            else:
                c = '%s %s %s' % (a[1], sym, b[1])
            self.define(scope, t, '%s.%s %s, %s' % (op, t, a[0], b[0]), c)
        elif k < 0.78:
            op = r.choice(['mulhs', 'mulhu'])
            w = ('__int128' if t == 'i64' else 'int64_t') if op == 'mulhs' else ('unsigned __int128' if t == 'i64' else 'uint64_t')
            x = s if op == 'mulhs' else u
            self.define(scope, t, '%s.%s %s, %s' % (op, t, a[0], b[0]),
                        '(%s)(((%s)(%s)%s * (%s)(%s)%s) >> %d)' % (u, w, x, A, w, x, B, bits))
        elif k < 0.9:
            op = r.choice(['neg', 'not', 'clz', 'ctz', 'popcnt', 'bswap', 'sext8', 'sext16', 'zext8', 'zext16'])
            a = self.pickv(scope, t)
            A = a[1]
            l = '' if t == 'i32' else 'll'
            c = {'neg': '-%s', 'not': '~%s', 'clz': '({0} ? __builtin_clz%s({0}) : %d)' % (l, bits),
                 'ctz': '({0} ? __builtin_ctz%s({0}) : %d)' % (l, bits), 'popcnt': '__builtin_popcount%s(%%s)' % l,
                 'bswap': '__builtin_bswap%d(%%s)' % bits, 'sext8': '(%s)(int8_t)%%s' % u, 'sext16': '(%s)(int16_t)%%s' % u,
                 'zext8': '(uint8_t)%s', 'zext16': '(uint16_t)%s'}[op]
            c = c.format(A) if '{0}' in c else c % A
            self.define(scope, t, '%s.%s %s' % (op, t, a[0]), '(%s)(%s)' % (u, c))
        elif k < 0.97:
            if r.random() < 0.6:
                a = self.pickv(scope, 'i32')
                if r.random() < 0.5:
                    self.define(scope, 'i64', 'sext32.i64 ' + a[0], '(uint64_t)(int64_t)(int32_t)' + a[1])
                else:
                    self.define(scope, 'i64', 'zext32.i64 ' + a[0], '(uint64_t)' + a[1])
            else:
                a = self.pickv(scope, 'i64')
                self.define(scope, 'i32', 'trunc.i32 ' + a[0], '(uint32_t)' + a[1])
        else:
            op = r.choice(['saddo', 'uaddo', 'ssubo', 'usubo', 'smulo', 'umulo'])
            x = s if op[0] == 's' else u
            o, v = self.new('i32'), self.new(t)
            self.emit('%s = %s.%s %s, %s' % (v, op, t, self.pickv(scope, t)[0], b[0]), '')
            a0 = self.ir[-1].split()[-2].rstrip(',')
            self.c[-1] = '  { %s t_; %s = __builtin_%s_overflow((%s)%s, (%s)%s, &t_); %s = t_; }' % (
                x, o, op[1:-1], x, a0, x, B, v)
            self.emit('%s = proj.i32 %s, 1' % (o, v), '')
            scope.append((v, t))
            scope.append((o, 'i32'))

    CMPS = [('eq', '==', 0), ('ne', '!=', 0), ('slt', '<', 1), ('sge', '>=', 1), ('sle', '<=', 1), ('sgt', '>', 1),
            ('ult', '<', 0), ('uge', '>=', 0), ('ule', '<=', 0), ('ugt', '>', 0)]

    def compare(self, scope, keep=True):
        r = self.r
        if self.opts['float'] and r.random() < 0.25:
            t = r.choice(FLT)
            a, b = self.pickv(scope, t), self.pick(scope, t)
            op = r.choice(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'rd', 'uq', 'un', 'ult', 'ule', 'ugt', 'uge', 'uno'])
            A, B = a[1], b[1]
            nan = '(isnan(%s) || isnan(%s))' % (A, B)
            c, name = {'eq': ('%s == %s' % (A, B), 'foeq'), 'ne': ('!%s && %s != %s' % (nan, A, B), 'fone'),
                       'lt': ('%s < %s' % (A, B), 'folt'), 'le': ('%s <= %s' % (A, B), 'fole'),
                       'gt': ('%s > %s' % (A, B), 'fogt'), 'ge': ('%s >= %s' % (A, B), 'foge'), 'rd': ('!' + nan, 'ford'),
                       'uq': ('%s || %s == %s' % (nan, A, B), 'fueq'), 'un': ('%s != %s' % (A, B), 'fune'),
                       'ult': ('!(%s >= %s)' % (A, B), 'fult'), 'ule': ('!(%s > %s)' % (A, B), 'fule'),
                       'ugt': ('!(%s <= %s)' % (A, B), 'fugt'), 'uge': ('!(%s < %s)' % (A, B), 'fuge'), 'uno': (nan, 'funo')}[op]
            v = self.define(scope, 'i32', '%s.%s %s, %s' % (name, t, a[0], b[0]), c)
        else:
            t = r.choice(INT)
            s = 'int32_t' if t == 'i32' else 'int64_t'
            a, b = self.pickv(scope, t), self.pick(scope, t, 0.5)
            op, sym, sg = r.choice(self.CMPS)
            if r.random() < 0.2:
                m = self.const(t)
                x = self.define(scope, t, 'and.%s %s, %s' % (t, a[0], m[0]), '%s & %s' % (a[1], m[1]))
                if r.random() < 0.8: scope.pop()
                a, b, (op, sym, sg) = (x, x), ('0', '0'), r.choice(self.CMPS[:2])
            if sg:
                c = '(%s)%s %s (%s)%s' % (s, a[1], sym, s, b[1])
            else:
                c = '%s %s %s' % (a[1], sym, b[1])
            if r.random() < 0.15 and b[0][0] != 'v':
                a, b = b, a
                if sg: c = '(%s)%s %s (%s)%s' % (s, a[1], sym, s, b[1])
                else: c = '%s %s %s' % (a[1], sym, b[1])
                if a[0][0] != 'v' and b[0][0] != 'v': a, c = b, '%s %s %s' % (b[1], sym, b[1])
            v = self.define(scope, 'i32', '%s.%s %s, %s' % (op, t, a[0], b[0]), c)
        if not keep:
            scope.pop()
        return v

    def float_op(self, scope):
        r = self.r
        t = r.choice(FLT)
        k = r.random()
        a, b = self.pickv(scope, t), self.pick(scope, t)
        if k < 0.5:
            op = r.choice(['fadd', 'fsub', 'fmul', 'fdiv'])
            sym = {'fadd': '+', 'fsub': '-', 'fmul': '*', 'fdiv': '/'}[op]
            if r.random() < 0.2 and op in ('fsub', 'fdiv'): a, b = b, a
            self.define(scope, t, '%s.%s %s, %s' % (op, t, a[0], b[0]), '%s %s %s' % (a[1], sym, b[1]))
        elif k < 0.65:
            f = 'f' if t == 'f32' else ''
            op, c = r.choice([('fneg', '-%s'), ('fabs', '__builtin_fabs' + f + '(%s)'), ('fsqrt', '__builtin_sqrt' + f + '(%s)')])
            self.define(scope, t, '%s.%s %s' % (op, t, a[0]), c % a[1])
        elif k < 0.7:
            f = 'f' if t == 'f32' else ''
            self.define(scope, t, 'fcopysign.%s %s, %s' % (t, a[0], b[0]), '__builtin_copysign%s(%s, %s)' % (f, a[1], b[1]))
        elif k < 0.76:
            o = 'f32' if t == 'f64' else 'f64'
            self.define(scope, o, 'fcvt.%s %s' % (o, a[0]), '(%s)%s' % (MASK[o], a[1]))
        elif k < 0.88:
            it = r.choice(INT)
            i = self.pickv(scope, it)
            if r.random() < 0.5:
                s = 'int32_t' if it == 'i32' else 'int64_t'
                self.define(scope, t, 'si2f.%s %s' % (t, i[0]), '(%s)(%s)%s' % (MASK[t], s, i[1]))
            else:
                self.define(scope, t, 'ui2f.%s %s' % (t, i[0]), '(%s)%s' % (MASK[t], i[1]))
        elif k < 0.95:
            it = r.choice(INT)
            op = r.choice(['f2si', 'f2ui'])
            self.define(scope, it, '%s.%s %s sat' % (op, it, a[0]), 'sat_%s_%s(%s)' % (op, it, a[1]))
        else:
            it = 'i32' if t == 'f32' else 'i64'
            c = self.define(scope, t, 'canon.%s %s' % (t, a[0]), 'canon_%s(%s)' % (t, a[1]))
            self.define(scope, it, 'bitcast.%s %s' % (it, c), 'bits_%s(%s)' % (t, c))

    def address(self, scope, size):
        """An address inside the 256-byte buffer, or a local one, aligned or not: (ir address, off, C expression)."""
        r = self.r
        base = r.choice(self.bases)
        k = r.random()
        off = r.randrange(0, 16)
        if k < 0.3:
            return (base[0], off, base[1] + '+%d' % off)
        idx = self.pickv(scope, 'i32')
        m = self.new('i32')
        self.emit('%s = and.i32 %s, 15' % (m, idx[0]), '%s = %s & 15;' % (m, idx[1]))
        w = self.new('i64')
        self.emit('%s = %s.i64 %s' % (w, r.choice(['sext32', 'zext32']), m), '%s = %s;' % (w, m))
        sc = r.choice([1, 2, 4, 8, 3, 5, 12, 6])
        x = self.new('i64')
        b = base[0]
        if r.random() < 0.3 and b[0] == 'v':
            y = self.new('i64')
            self.emit('%s = add.i64 %s, 8' % (y, b), '%s = %s + 8;' % (y, base[1]))
            cb, b = y, y
        else:
            cb = base[1]
        self.emit('%s = index.i64 %s, %s, %d' % (x, b, w, sc), '%s = (uint64_t)(%s) + %s * %d;' % (x, cb, w, sc))
        if r.random() < 0.4:
            y = self.new('i64')
            self.emit('%s = add.i64 %s, 4' % (y, x), '%s = %s + 4;' % (y, x))
            x = y
        return (x, off, '%s+%d' % (x, off))

    MEM = [('i32', 's8', 'int8_t'), ('i32', 'u8', 'uint8_t'), ('i32', 's16', 'int16_t'), ('i32', 'u16', 'uint16_t'),
           ('i32', '', 'uint32_t'), ('i64', '', 'uint64_t'), ('i64', 's32', 'int32_t'), ('i64', 'u8', 'uint8_t')]

    @staticmethod
    def at(a, off):
        if a[0] == 'v':
            return '[%s+%d]' % (a, off)
        return '[%s, %d]' % (a, off)

    def mem_op(self, scope):
        r = self.r
        t, w, c = r.choice(self.MEM)
        flt = self.opts['float'] and r.random() < 0.2
        if flt:
            t = r.choice(FLT)
            w, c = '', MASK[t]
        a, off, ca = self.address(scope, 8)
        k = r.random()
        if k < 0.45:
            self.define(scope, t, 'load.%s %s %s' % (t, w, self.at(a, off)), '(%s)*(%s *)(%s)' % (MASK[t], c, ca))
            if flt:
                v = scope.pop()[0]
                self.define(scope, t, 'canon.%s %s' % (t, v), 'canon_%s(%s)' % (t, v))
        elif k < 0.75 or flt:
            v = self.pick(scope, t)
            if flt:
                x = self.define(scope, t, 'canon.%s %s' % (t, self.pickv(scope, t)[0]), '')
                self.c[-1] = '  %s = canon_%s(%s);' % (x, t, self.ir[-1].split()[-1])
                v = (x, x)
            self.emit('store.%s %s %s, %s' % (t, w, self.at(a, off), v[0]), '*(%s *)(%s) = %s;' % (c, ca, v[1]))
        else:
            op, sym = r.choice([('add', '+'), ('sub', '-'), ('and', '&'), ('or', '|'), ('xor', '^')])
            x, y = self.new(t), self.new(t)
            b = self.pick(scope, t)
            self.emit('%s = load.%s %s %s' % (x, t, w, self.at(a, off)), '%s = (%s)*(%s *)(%s);' % (x, MASK[t], c, ca))
            p, q = (x, b[0]) if r.random() < 0.8 or op == 'sub' else (b[0], x)
            self.emit('%s = %s.%s %s, %s' % (y, op, t, p, q), '%s = %s %s %s;' % (y, x, sym, b[1]))
            self.emit('store.%s %s %s, %s' % (t, w, self.at(a, off), y), '*(%s *)(%s) = %s;' % (c, ca, y))
            if r.random() < 0.3: scope.append((y, t))

    def slot_op(self, scope):
        r = self.r
        i, t, w, c = r.choice(self.slots)
        if r.random() < 0.5:
            self.define(scope, t, 'load.%s %s [slot%d]' % (t, w, i), '(%s)s%d' % (MASK[t], i))
        elif r.random() < 0.5 or t in FLT:
            v = self.pick(scope, t)
            self.emit('store.%s %s [slot%d], %s' % (t, w, i, v[0]), 's%d = %s;' % (i, v[1]))
        else:
            x, y = self.new(t), self.new(t)
            b = self.pick(scope, t, 0.5)
            op, sym = r.choice([('add', '+'), ('sub', '-'), ('xor', '^'), ('mul', '*')])
            self.emit('%s = load.%s %s [slot%d]' % (x, t, w, i), '%s = (%s)s%d;' % (x, MASK[t], i))
            if r.random() < 0.5:
                self.emit('%s = %s.%s %s, %s' % (y, op, t, x, b[0]), '%s = %s %s %s;' % (y, x, sym, b[1]))
            elif b[0][0] == 'v':
                self.emit('%s = %s.%s %s, %s' % (y, op, t, b[0], x), '%s = %s %s %s;' % (y, b[1], sym, x))
            else:
                self.emit('%s = sub.%s %s, %s' % (y, t, b[0], x), '%s = %s - %s;' % (y, b[1], x))
            self.emit('store.%s %s [slot%d], %s' % (t, w, i, y), 's%d = %s;' % (i, y))
            if r.random() < 0.5: scope.append((x, t))
            if r.random() < 0.3: scope.append((y, t))

    def call(self, scope):
        r = self.r
        which = r.randrange(4)
        if which == 0:
            a = [self.pick(scope, 'i32') for _ in range(3)]
            v = self.new('i32')
            self.emit('%s = call.i32 @h0(%s) -> int0.i32' % (v, ', '.join('int%d.i32 %s' % (k, x[0]) for k, x in enumerate(a))),
                      '%s = h0(%s);' % (v, ', '.join(x[1] for x in a)))
            scope.append((v, 'i32'))
        elif which == 1:
            a = [self.pick(scope, 'i64') for _ in range(9)]
            n = OPTIONS['ints']
            p = ['int%d.i64' % k for k in range(n)] + ['stack%d.i64' % (8 * k) for k in range(9 - n)]
            v = self.new('i64')
            self.emit('%s = call.i64 @h1(%s) -> int0.i64 stack 32' % (v, ', '.join('%s %s' % (q, x[0]) for q, x in zip(p, a))),
                      '%s = h1(%s);' % (v, ', '.join(x[1] for x in a)))
            scope.append((v, 'i64'))
        elif which == 2 and self.opts['float']:
            a = [self.pick(scope, 'f64'), self.pick(scope, 'i32'), self.pick(scope, 'f32'), self.pick(scope, 'f64')]
            p = ['fp0.f64', 'int0.i32', 'fp1.f32', 'fp2.f64']
            v = self.new('f64')
            f = '@h2'
            if r.random() < 0.4:
                f = self.new('i64')
                self.emit('%s = load.i64 [@h2p]' % f, '')
            self.emit('%s = call.f64 %s(%s) -> fp0.f64' % (v, f, ', '.join('%s %s' % (q, x[0]) for q, x in zip(p, a))),
                      '%s = h2(%s);' % (v, ', '.join(x[1] for x in a)))
            scope.append((v, 'f64'))
        else:
            a = self.pick(scope, 'i64')
            v, w = self.new('i64'), self.new('i64')
            self.emit('%s = call.i64 @h3(int0.i64 %s) -> int0.i64, int1.i64' % (v, a[0]),
                      '{ struct two t_ = h3(%s); %s = t_.a; %s = t_.b; }' % (a[1], v, w))
            self.emit('%s = proj.i64 %s, 1' % (w, v), '')
            scope.append((v, 'i64'))
            scope.append((w, 'i64'))

    def copy(self, scope):
        r = self.r
        n = r.choice([1, 2, 3, 5, 7, 8, 12, 15, 16, 17, 24, 31, 40, 64, 96])
        k = r.random()
        if k < 0.5:
            self.emit('copy [slot0], [v1], %d' % n, 'memcpy(s0, (void *)v1, %d);' % n)
        elif k < 0.7:
            self.emit('copy [v1], [slot0], %d' % n, 'memcpy((void *)v1, s0, %d);' % n)
        else:
            v = self.pick(scope, 'i32', 0.6)
            self.emit('fill [slot0+8], %s, %d' % (v[0], n), 'memset(s0 + 8, (int)(uint8_t)%s, %d);' % (v[1], n))

    def select(self, scope):
        t = self.r.choice(INT + (FLT if self.opts['float'] else []))
        a, b = self.pick(scope, t), self.pick(scope, t)
        if a[0][0] != 'v' and b[0][0] != 'v': a = self.pickv(scope, t)
        c = self.compare(scope, self.r.random() < 0.2) if self.r.random() < 0.8 else self.pickv(scope, 'i32')[0]
        self.define(scope, t, 'select.%s %s, %s, %s' % (t, c, a[0], b[0]), '%s ? %s : %s' % (c, a[1], b[1]))

    def atomic(self, scope):
        r = self.r
        t, w, c = r.choice([('i32', 'u8', 'uint8_t'), ('i32', 'u16', 'uint16_t'), ('i32', '', 'uint32_t'), ('i64', '', 'uint64_t')])
        b = self.pick(scope, t)
        op = r.choice(['xchg', 'add', 'sub', 'and', 'or', 'xor', 'nand', 'smin', 'smax', 'umin', 'umax', 'cas'])
        s = {'uint8_t': 'int8_t', 'uint16_t': 'int16_t', 'uint32_t': 'int32_t', 'uint64_t': 'int64_t'}[c]
        if op == 'cas':
            d = self.pick(scope, t)
            v, o = self.new(t), self.new('i32')
            self.emit('%s = cas.%s %s [v1], %s, %s seq_cst' % (v, t, w, b[0], d[0]),
                      '{ %s o_ = *(%s *)v1; %s = o_; %s = o_ == (%s)%s; if (%s) *(%s *)v1 = %s; }' % (c, c, v, o, c, b[1], o, c, d[1]))
            self.emit('%s = proj.i32 %s, 1' % (o, v), '')
            scope += [(v, t), (o, 'i32')]
            return
        e = {'xchg': 'b_', 'add': 'o_ + b_', 'sub': 'o_ - b_', 'and': 'o_ & b_', 'or': 'o_ | b_', 'xor': 'o_ ^ b_', 'nand': '~(o_ & b_)',
             'smin': '(%s)o_ < (%s)b_ ? o_ : b_' % (s, s), 'smax': '(%s)o_ > (%s)b_ ? o_ : b_' % (s, s),
             'umin': 'o_ < b_ ? o_ : b_', 'umax': 'o_ > b_ ? o_ : b_'}[op]
        v = self.new(t)
        self.emit('%s = rmw.%s %s %s [v1], %s seq_cst' % (v, t, op, w, b[0]),
                  '{ %s o_ = *(%s *)v1, b_ = %s; %s = o_; *(%s *)v1 = %s; }' % (c, c, b[1], v, c, e))
        if r.random() < 0.6: scope.append((v, t))

    def statement(self, scope):
        r = self.r
        self.budget -= 1
        k = r.random()
        if k < 0.38: self.int_op(scope)
        elif k < 0.5 and self.opts['float']: self.float_op(scope)
        elif k < 0.62: self.mem_op(scope)
        elif k < 0.74: self.slot_op(scope)
        elif k < 0.78: self.compare(scope)
        elif k < 0.82: self.select(scope)
        elif k < 0.85 and self.opts['call']: self.call(scope)
        elif k < 0.86: self.copy(scope)
        elif k < 0.87: self.atomic(scope)
        elif self.depth < 4 and self.budget > 0:
            self.depth += 1
            r.choice([self.if_, self.if_, self.loop, self.switch])(scope)
            self.depth -= 1
        else: self.int_op(scope)

    def body(self, scope, n):
        for _ in range(n):
            self.statement(scope)

    def jump(self, b):
        self.emit('jmp b%d' % b, 'goto b%d;' % b)

    def join(self, scope, ends, done):
        """ends: (block, scope there). Phis for some values; ends have no terminator yet in C but jumped in IR text order."""
        r = self.r
        phis = []
        for _ in range(r.randrange(0, 4)):
            t = r.choice(INT + (FLT if self.opts['float'] else []))
            phis.append((self.new(t), t, [self.pick(s, t) for _, s in ends]))
        return phis

    def close(self, phis, k, done):
        for j, (v, t, ops) in enumerate(phis):
            self.c.append('  %s_in = %s;' % (v, ops[k][1]))
            if k == 0: self.decls.append('%s %s_in;' % (MASK[t], v))
        for v, t, ops in phis:
            self.c.append('  %s = %s_in;' % (v, v))

    def merge(self, scope, arms, done):
        """arms: functions that fill a scope in their own block, given its number."""
        ends, marks = [], []
        for b, fill in arms:
            self.label(b)
            s = list(scope)
            fill(s)
            ends.append((self.cur, s))
            marks.append((len(self.ir), len(self.c)))
            self.ir.append('  jmp b%d' % done)
            self.c.append(None)
        phis = self.join(scope, ends, done)
        for k, (mi, mc) in enumerate(marks):
            save, self.c = self.c, []
            self.close(phis, k, done)
            text = '\n'.join(self.c + ['  goto b%d;' % done])
            self.c = save
            self.c[mc] = text
        self.label(done)
        for v, t, ops in phis:
            self.ir.append('  %s = phi.%s [%s]' % (v, t, ', '.join('b%d: %s' % (b, o[0]) for (b, _), o in zip(ends, ops))))
            scope.append((v, t))

    def if_(self, scope):
        r = self.r
        c = self.compare(scope, False) if r.random() < 0.8 else self.pickv(scope, 'i32')[0]
        yes, no, done = self.block(), self.block(), self.block()
        if r.random() < 0.35:
            # no else arm: a critical edge into the join
            src = self.cur
            self.emit('br %s, b%d, b%d' % (c, yes, done), '')
            at = len(self.c) - 1
            self.label(yes)
            s = list(scope)
            self.body(s, r.randrange(1, 5))
            ends = [(src, list(scope)), (self.cur, s)]
            phis = self.join(scope, ends, done)
            save, self.c = self.c, []
            self.close(phis, 0, done)
            direct = '\n'.join(self.c)
            self.c = []
            self.close(phis, 1, done)
            through = self.c
            self.c = save
            self.c[at] = '  if (%s) goto b%d;\n%s\n  goto b%d;' % (c, yes, direct, done)
            self.ir.append('  jmp b%d' % done)
            self.c += through + ['  goto b%d;' % done]
            self.label(done)
            for v, t, ops in phis:
                self.ir.append('  %s = phi.%s [%s]' % (v, t, ', '.join('b%d: %s' % (b, o[0]) for (b, _), o in zip(ends, ops))))
                scope.append((v, t))
            return
        self.emit('br %s, b%d, b%d' % (c, yes, no), 'if (%s) goto b%d; else goto b%d;' % (c, yes, no))
        fill = lambda s: self.body(s, r.randrange(1, 6))
        arms = [(yes, fill), (no, fill)]
        if r.random() < 0.3: arms.reverse()
        self.merge(scope, arms, done)

    def loop(self, scope):
        r = self.r
        head, body, done = self.block(), self.block(), self.block()
        pre = self.cur
        ts = [r.choice(INT + (FLT if self.opts['float'] else [])) for _ in range(r.randrange(0, 5))]
        phis = [(self.new(t), t, self.pick(scope, t)) for t in ts]
        i = self.new('i32')
        n = r.randrange(1, 7)
        for v, t, o in phis:
            self.decls.append('%s %s_in;' % (MASK[t], v))
            self.c.append('  %s = %s;' % (v, o[1]))
        self.c.append('  %s = 0;' % i)
        self.jump(head)
        self.label(head)
        at = len(self.ir)
        inner = list(scope) + [(v, t) for v, t, _ in phis]
        c = self.new('i32')
        rot = r.random() < 0.5
        if not rot:
            self.emit('%s = slt.i32 %s, %d' % (c, i, n), '%s = (int)%s < %d;' % (c, i, n))
            self.emit('br %s, b%d, b%d' % (c, body, done), 'if (%s) goto b%d; else goto b%d;' % (c, body, done))
            self.label(body)
        s = list(inner)
        self.body(s, r.randrange(1, 7))
        j = self.new('i32')
        self.emit('%s = add.i32 %s, 1' % (j, i), '%s = %s + 1;' % (j, i))
        # Next values are often other phis of the loop: swaps and rotations.
        nxt = []
        for v, t, _ in phis:
            same = [p for p, pt, _ in phis if pt == t]
            if r.random() < 0.4:
                p = r.choice(same)
                nxt.append((p, p))
            else:
                nxt.append(self.pick(s, t))
        moves = ['  %s_in = %s;' % (v, o[1]) for (v, t, _), o in zip(phis, nxt)] + ['  %s = %s_in;' % (v, v) for v, t, _ in phis]
        end = self.cur
        if rot:
            self.emit('%s = slt.i32 %s, %d' % (c, j, n), '%s = (int)%s < %d;' % (c, j, n))
            self.ir.append('  br %s, b%d, b%d' % (c, head, done))
            self.c += ['  if (%s) {' % c] + moves + ['  %s = %s; goto b%d; }' % (i, j, head), '  goto b%d;' % done]
        else:
            self.ir.append('  jmp b%d' % head)
            self.c += moves + ['  %s = %s;' % (i, j), '  goto b%d;' % head]
        lines = ['  %s = phi.%s [b%d: %s, b%d: %s]' % (v, t, pre, o[0], end, x[0]) for (v, t, o), x in zip(phis, nxt)]
        lines.append('  %s = phi.i32 [b%d: 0, b%d: %s]' % (i, pre, end, j))
        r.shuffle(lines)
        self.ir[at:at] = lines
        self.label(done)
        scope += [(v, t) for v, t, _ in phis]
        if rot: scope += s[len(inner):][:3] if not self.inner_blocks(end, head) else []

    def inner_blocks(self, end, head):
        return end != head

    def switch(self, scope):
        r = self.r
        t = r.choice(INT)
        v = self.pickv(scope, t)
        narrow = r.choice([7, 15, 63, 1023])
        m = self.define(scope, t, 'and.%s %s, %d' % (t, v[0], narrow), '%s & %d' % (v[1], narrow))
        done = self.block()
        arms = [self.block() for _ in range(r.randrange(1, 5))]
        other = r.choice(arms + [self.block()])
        if other not in arms: arms.append(other)
        cases, at = [], r.randrange(-3, 3)
        for _ in range(r.randrange(1, 12)):
            lo = at
            hi = lo + (r.randrange(0, 4) if r.random() < 0.2 else 0)
            cases.append((lo, hi, r.choice(arms)))
            at = hi + 1 + (r.randrange(0, 3) if r.random() < 0.3 else r.randrange(0, 300) if r.random() < 0.1 else 0)
        used = {c[2] for c in cases} | {other}
        arms = [a for a in arms if a in used]
        s = 'int32_t' if t == 'i32' else 'int64_t'
        self.emit('switch.%s %s [%s] else b%d' % (t, m, ', '.join(
            ('%d: b%d' % (lo, b) if lo == hi else '%d..%d: b%d' % (lo, hi, b)) for lo, hi, b in cases), other),
            'switch ((%s)%s) { %s default: goto b%d; }' % (s, m, ' '.join(
                'case %d ... %d: goto b%d;' % c for c in cases), other))
        self.merge(scope, [(a, lambda s: self.body(s, r.randrange(1, 4))) for a in arms], done)

    def build(self):
        r = self.r
        scope = []
        self.slots = []
        decl = ['  slot0: 256 align 16']
        cdecl = ['  char s0[256] __attribute__((aligned(16))); memset(s0, 0, 256);']
        for i in range(1, r.randrange(2, 14)):
            t, w, c = r.choice([('i32', '', 'uint32_t'), ('i64', '', 'uint64_t'), ('i32', 's8', 'int8_t'), ('i32', 'u8', 'uint8_t'),
                                ('i32', 's16', 'int16_t'), ('i32', 'u16', 'uint16_t')] +
                               ([('f64', '', 'double'), ('f32', '', 'float')] if self.opts['float'] else []))
            size = {'uint32_t': 4, 'uint64_t': 8, 'int8_t': 1, 'uint8_t': 1, 'int16_t': 2, 'uint16_t': 2, 'double': 8, 'float': 4}[c]
            decl.append('  slot%d: %d align %d %s scalar' % (i, size, size, t))
            cdecl.append('  %s s%d = 0;' % (c, i))
            self.slots.append((i, t, w, c))
        if OPTIONS['frame']:
            decl.append('  slot%d: %d align 16' % (len(decl), OPTIONS['frame']))
        pieces, cparams, ni, nf, st = [], [], 0, 0, 0
        self.label(0)
        for k, t in enumerate(self.params):
            v = self.new(t)
            self.decls.pop()
            if (t in INT or nf == 8 and OPTIONS['mixed']) and ni < OPTIONS['ints']: pieces.append('int%d.%s' % (ni, t)); ni += 1
            elif t in FLT and nf < 8: pieces.append('fp%d.%s' % (nf, t)); nf += 1
            else: pieces.append('stack%d.%s' % (st, t)); st += 8
            cparams.append('%s %s' % (MASK[t], v))
            self.emit('%s = param.%s %d' % (v, t, k), '')
            scope.append((v, t))
        scope = scope[1:]
        self.bases = [('v1', 'v1'), ('slot0', '(uint64_t)s0'), ('@gbuf', '(uint64_t)gbuf')]
        if OPTIONS['frame']:
            self.emit('store.i64 [slot%d], v1' % (len(decl) - 1), '')
        self.emit('fill [slot0], 0, 256', '')
        for i, t, w, c in self.slots:
            self.emit('store.%s %s [slot%d], 0' % (t, w, i) + ('.0' if t in FLT else ''), '')
        while self.budget > 0:
            self.statement(scope)
        # checksum of what is in scope and in slots
        h = self.define(scope, 'i64', 'load.i64 [@gzero]', '*(uint64_t *)gzero')
        for i, t, w, c in self.slots:
            self.define(scope, t, 'load.%s %s [slot%d]' % (t, w, i), '(%s)s%d' % (MASK[t], i))
        for v, t in scope:
            if t in FLT:
                x = self.define(scope[:0], t, 'canon.%s %s' % (t, v), 'canon_%s(%s)' % (t, v))
                it = 'i32' if t == 'f32' else 'i64'
                x = self.define(scope[:0], it, 'bitcast.%s %s' % (it, x), 'bits_%s(%s)' % (t, x))
                v, t = x, it
            if t == 'i32':
                v = self.define(scope[:0], 'i64', 'zext32.i64 ' + v, '(uint64_t)' + v)
            h = self.define(scope[:0], 'i64', 'mul.i64 %s, 0x9e3779b97f4a7c1' % h, '%s * 0x9e3779b97f4a7c1ull' % h)
            h = self.define(scope[:0], 'i64', 'xor.i64 %s, %s' % (h, v), '%s ^ %s' % (h, v))
        self.emit('ret ' + h, 'return %s;' % h)
        ina = ' inargs %d' % st if st else ''
        ir = 'func @%s(%s) -> int0.i64%s {\n%s\n%s\n}\n' % (self.name, ', '.join(pieces), ina, '\n'.join(decl), '\n'.join(self.ir))
        c = 'static uint64_t ref_%s(%s)\n{\n  %s\n%s\n%s\n}\n' % (
            self.name, ', '.join(cparams), '\n  '.join(sorted(set(self.decls), key=self.decls.index)), '\n'.join(cdecl), '\n'.join(self.c))
        return ir, c, 'uint64_t %s(%s);' % (self.name, ', '.join(cparams))


PRELUDE = r'''
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
char gbuf[512] __attribute__((aligned(16))), gzero[16];
struct two { uint64_t a, b; };
uint32_t h0(uint32_t a, uint32_t b, uint32_t c) { return a * 3 + b * 5 - c; }
uint64_t h1(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f, uint64_t g, uint64_t h, uint64_t i)
{ return a + 3 * b + 5 * c + 7 * d + 11 * e + 13 * f + 17 * g + 19 * h + 23 * i; }
double h2(double a, uint32_t b, float c, double d) { return a * 0.5 + b + c - d; }
void *h2p = h2;
struct two h3(uint64_t a) { struct two t = { a ^ 0x5555, a + 77 }; return t; }
static inline double canon_f64(double v) { if (v != v) { uint64_t b = 0x7ff8000000000000; memcpy(&v, &b, 8); } return v; }
static inline float canon_f32(float v) { if (v != v) { uint32_t b = 0x7fc00000; memcpy(&v, &b, 4); } return v; }
static inline uint64_t bits_f64(double v) { uint64_t b; memcpy(&b, &v, 8); return b; }
static inline uint32_t bits_f32(float v) { uint32_t b; memcpy(&b, &v, 4); return b; }
static inline uint32_t sat_f2si_i32(double v) { return v != v ? INT32_MAX : v >= 0x1p31 ? INT32_MAX : v <= -0x1p31 ? INT32_MIN : (int32_t)v; }
static inline uint64_t sat_f2si_i64(double v) { return v != v ? INT64_MAX : v >= 0x1p63 ? INT64_MAX : v <= -0x1p63 ? INT64_MIN : (int64_t)v; }
static inline uint32_t sat_f2ui_i32(double v) { return v != v ? UINT32_MAX : v >= 0x1p32 ? UINT32_MAX : v <= -1 ? 0 : (uint32_t)v; }
static inline uint64_t sat_f2ui_i64(double v) { return v != v ? UINT64_MAX : v >= 0x1p64 ? UINT64_MAX : v <= -1 ? 0 : (uint64_t)v; }
static uint64_t rnd_s = 12345;
static uint64_t rnd(void) { rnd_s ^= rnd_s << 13; rnd_s ^= rnd_s >> 7; rnd_s ^= rnd_s << 17; return rnd_s; }
'''


def main():
    seed, out = int(sys.argv[1]), sys.argv[2]
    OPTIONS.update((a.split('=')[0], int(a.split('=')[1])) for a in sys.argv[3:])
    r = random.Random(seed)
    ir, c, drv = [], [PRELUDE], []
    for n in ('h0', 'h1', 'h2', 'h3'):
        ir.append('sym @%s func' % n)
    ir += ['sym @gbuf', 'sym @gzero', 'sym @h2p']
    for k in range(4):
        opts = {'float': r.random() < 0.6, 'call': r.random() < 0.6}
        params = ['i64'] + [r.choice(INT + FLT) for _ in range(r.choice([1, 3, 5, 9, 14]))]
        f = Fn(r, 'f%d' % k, params, r.choice([OPTIONS['size']] if OPTIONS['size'] else [8, 20, 60, 150]), opts)
        a, b, proto = f.build()
        ir.append(a)
        c += [proto, b]
        args = []
        for t in params[1:]:
            args.append({'i32': '(uint32_t)rnd() >> (rnd() & 31)', 'i64': 'rnd() >> (rnd() & 63)', 'f32': '(float)((int)rnd() >> 12) / 8',
                         'f64': '(double)((int)rnd() >> 8) / 16'}[t])
        decl = ''.join('%s a%d = %s; ' % (MASK[t], j, a) for j, (t, a) in enumerate(zip(params[1:], args)))
        al = ', '.join('a%d' % j for j in range(len(params) - 1))
        drv.append('''
  for (int k = 0; k < 6; k++) {
    uint64_t buf1[64], buf2[64]; char g1[512]; %s
    for (int j = 0; j < 64; j++) buf1[j] = buf2[j] = rnd();
    for (int j = 0; j < 512; j++) gbuf[j] = g1[j] = (char)rnd();
    uint64_t x = %s((uint64_t)(buf1 + 4), %s);
    char g2[512]; memcpy(g2, gbuf, 512); memcpy(gbuf, g1, 512);
    uint64_t y = ref_%s((uint64_t)(buf2 + 4), %s);
    if (x != y || memcmp(buf1, buf2, 512) || memcmp(gbuf, g2, 512)) { printf("seed %d %s run %%d: %%llx, not %%llx%%s\\n", k,
        (unsigned long long)x, (unsigned long long)y, memcmp(buf1, buf2, 512) ? " memory" : memcmp(gbuf, g2, 512) ? " globals" : ""); return 1; }
  }''' % (decl, f.name, al, f.name, al, seed, f.name))
    open(out + '.ir', 'w').write('\n'.join(ir))
    open(out + '.c', 'w').write('\n'.join(c) + '\nint main(void)\n{%s\n  puts("ok");\n  return 0;\n}\n' % ''.join(drv))


main()
