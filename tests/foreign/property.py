"""What the results of guests have to be, told without an emulator. property.py NAME [FILE]: in the folder of the results; `out` is what
was printed."""
import cmath, collections, re, sqlite3, struct, sys

out = open("out", encoding="latin-1").read().splitlines()
assert out[-1] == "status 0", out[-1]


def doubles(name):
    data = open(name, "rb").read()
    return struct.unpack("<%dd" % (len(data) // 8), data)


def complexes(name):
    v = doubles(name)
    return [complex(a, b) for a, b in zip(v[::2], v[1::2])]


def near(got, want, what):
    assert len(got) == len(want), what
    worst = max(abs(a - b) for a, b in zip(got, want))
    assert worst < 1e-9, "%s: off by %g" % (what, worst)


def dft(x):
    n = len(x)
    w = [cmath.exp(-2j * cmath.pi * k / n) for k in range(n)]
    return [sum(x[j] * w[j * k % n] for j in range(n)) for k in range(n)]


def dft_nd(x, dims):
    """Rows of the last dimension, then the others the same way."""
    rest = len(x) // dims[0]
    if len(dims) > 1:
        x = [v for i in range(dims[0]) for v in dft_nd(x[i * rest:(i + 1) * rest], dims[1:])]
    columns = [dft(x[i::rest]) for i in range(rest)]
    return [columns[i][k] for k in range(dims[0]) for i in range(rest)]


def fft(signal):
    x, real = complexes(signal), list(doubles(signal))
    near(complexes("480"), dft(x), "480")
    near([v / 480 for v in complexes("480i")], x, "480 and back")
    near(complexes("nd"), dft_nd(x, [2, 8, 30]), "2 by 8 by 30")
    near([v / 480 for v in complexes("ndi")], x, "2 by 8 by 30 and back")
    rows = [dft(real[i:i + 320])[:161] for i in range(0, 960, 320)]
    near(complexes("real"), [v for r in rows for v in r], "real 320")
    near([v / 320 for v in doubles("reali")], real, "real 320 and back")
    whole = dft_nd(real, [6, 160])
    near(complexes("ndreal"), [v for i in range(6) for v in whole[160 * i:160 * i + 81]], "real 6 by 160")


def pi():
    one = 10 ** 170
    def arctan(n):
        term, total, k = one // n, 0, 1
        while term:
            total += term // k if k % 4 == 1 else -(term // k)
            term //= n * n
            k += 2
        return total
    want = str(4 * (4 * arctan(5) - arctan(239)))
    assert out[0].replace(".", "")[:145] == want[:145], out[0]
    assert out[1] == str(3 ** 2000 % 10 ** 40), out[1]
    assert out[2].startswith("2.718281828459045235360287471352662497757247093699959574966967627724"), out[2]
    assert out[3].startswith(".9092974268256816953960198659117448427022549714478902683789"), out[3]


def sql(script):
    """What this machine's own library says to the same script."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    want, text = [], ""
    for line in open(script).read().splitlines() + open(script.replace("database", "again")).read().splitlines():
        text += line + "\n"
        if sqlite3.complete_statement(text):
            want += ["|".join("" if v is None else str(v) for v in row) for row in db.execute(text)]
            text = ""
    assert out[:-1] == want, "\n".join(w for w in want if w not in out)
    copy = sqlite3.connect("a.db")
    assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert copy.execute("SELECT * FROM number ORDER BY n").fetchall() == db.execute("SELECT * FROM number ORDER BY n").fetchall()


def words(name):
    count = collections.Counter(w.lower() for w in re.findall(r"\b([a-z]{2,})\b", open(name, encoding="latin-1").read(), re.A))
    want = ["%s %d" % p for p in sorted(count.items(), key=lambda p: (-p[1], p[0]))[:40]]
    want += ["%d words, 3.1415926536, 101,110,111,1000,1001" % len(count), "11 12 13",
             "10000 5000 %d" % (5000 * (ord("x") + ord("y"))), "42 ABCD cba", "status 0"]
    assert out == want, [p for p in zip(out, want) if p[0] != p[1]][:3]


{f.__name__: f for f in (fft, pi, sql, words)}[sys.argv[1]](*sys.argv[2:])
