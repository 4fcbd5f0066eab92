"""Compares `idem cc -E -P` with `gcc -E -P`.
    oracle.py IDEM random FROM TO       programs of random macros: the same tokens
    oracle.py IDEM space FROM TO        random expansions as strings: the same bytes
    oracle.py IDEM headers FOLDER N     N headers below FOLDER, under gcc's predefined macros: the same tokens
Prints one line a difference, and a count at the end."""
import os, random, re, subprocess, sys, tempfile

TOKEN = re.compile(
    rb'''\s+|(?:u8|[uUL])?"(?:\\.|[^"\\\n])*"|[uUL]?'(?:\\.|[^'\\\n])*'|\.?[0-9](?:[eEpP][+-]|[\w.])*'''
    rb'''|[A-Za-z_$\x80-\xff][\w$\x80-\xff]*|\.\.\.|<<=|>>=|->|\+\+|--|&&|\|\||<<|>>|[-+*/%&|^<>=!]=|##|.''', re.S)


def tokens(text):
    return [t for t in TOKEN.findall(text) if not t.isspace()]


NAMES = "ABCDEFGH"
PLAIN = ["x", "1", "+", "(", ")", ",", "y", "foo", '"s"', "'c'", ".", "-", "->", "2e", "L"]


def body(r, params, rest):
    out, n = [], r.randint(0, 7)
    for i in range(n):
        k = r.random()
        if params and k < 0.4:
            out.append(("#" + r.choice(["", " "]) if r.random() < 0.2 else "") + r.choice(params))
        elif k < 0.65:
            out.append(r.choice(NAMES) + r.choice(["", "(", "(1)", "(x,y)", "()"]))
        elif k < 0.72 and out and i < n - 1:
            out.append(r.choice(["##", " ## "]))
        elif rest and k < 0.8:
            out.append("__VA_OPT__(" + r.choice(["x", "", "__VA_ARGS__", "y,x", "A(1)"]) + ")")
        else:
            out.append(r.choice(PLAIN))
        out.append(r.choice(["", " ", " "]))
    return "".join(out).strip().strip("#").strip()


def random_program(r):
    out, kinds = [], {}
    for n in NAMES:
        if r.random() < 0.35:
            kinds[n] = None
            out.append("#define %s %s" % (n, body(r, [], False)))
            continue
        params, rest = ["p", "q", "r"][:r.randint(0, 3)], r.random() < 0.3
        kinds[n] = len(params), rest
        text = body(r, params + ["__VA_ARGS__"] * rest, rest) + (" , ## __VA_ARGS__" if rest and r.random() < 0.3 else "")
        out.append("#define %s(%s) %s" % (n, ",".join(params + ["..."] * rest), text))

    def call(depth):
        n = r.choice(NAMES)
        if depth > 3 or r.random() < 0.15:
            return r.choice([n, "x", "1", "foo", "", "L"])
        if kinds[n] is None:
            return n + r.choice(["", "(1)", " (x, y)"])
        k = kinds[n][0] + (r.randint(0, 2) if kinds[n][1] else 0) + (r.random() < 0.05)
        return n + r.choice(["", " ", "/**/"]) + "(" + r.choice([",", ",", ",\n", ", "]).join(argument(depth + 1) for _ in range(k)) + ")"

    def argument(depth):
        return r.choice(["", " "]).join(
            r.choice([lambda: call(depth), lambda: "(" + call(depth) + ")",
                      lambda: r.choice(["x", "1", '"a\\n"', "'\\''", "(a,b)", "+", "foo", "", ".", "-"])])()
            for _ in range(r.randint(0, 3)))
    for i in range(12):
        out.append("%d: %s%s ;" % (i, call(0), r.choice(["", " ", "(1)", " (x)(y)", "x"])))
    return "\n".join(out) + "\n"


def space_program(r):
    out = ["#define str_(...) #__VA_ARGS__", "#define str(...) str_(__VA_ARGS__)", "#define E", "#define F()",
           "#define G(x) x", "#define H(x) a x", "#define I(x) x b", "#define J(x,y) x ## y", "#define K(x,y) x y",
           "#define L c", "#define M(x) <x>", "#define N(x,...) x __VA_OPT__( y ) z", "#define O(x, ...) x, ## __VA_ARGS__",
           "#define P(x) [ x ## x ]", "#define Q E", "#define R E L E"]

    def argument(depth):
        s = r.choice(["", " ", "  "])
        for _ in range(r.randint(0, 3)):
            if depth > 3 or r.random() < 0.35:
                s += r.choice(["q", "E", "L", "Q", "R", "1", "F()", "+", ""])
            else:
                n = r.choice("JK") if r.random() < 0.25 else r.choice("GHIMPNO")
                k = 2 if n in "JK" else r.randint(1, 3) if n in "NO" else 1
                s += n + "(" + ",".join(argument(depth + 1) for _ in range(k)) + ")"
            s += r.choice(["", " "])
        return s
    for i in range(40):
        text = argument(0)
        if text.strip():
            out.append("%d str(%s);" % (i, text))
    return "\n".join(out) + "\n"


def run(*command):
    return subprocess.run(command, capture_output=True)


def compare(name, gcc, idem, exact):
    """A file that gcc rejects goes uncompared: what is left of its output depends on how one recovers."""
    if gcc.returncode or b"error" in gcc.stderr:
        return idem.returncode == 0 and [name + ": gcc finds an error, idem none"] or []
    if idem.returncode:
        return [name + ": status %d: %s" % (idem.returncode, idem.stderr[:200].decode("utf-8", "replace"))]
    a, b = ((tokens(p.stdout) if not exact else p.stdout.split(b";")) for p in (gcc, idem))
    for x, y in zip(a, b):
        if x.strip() != y.strip():
            return ["%s: %s, gcc %s" % (name, y.strip(), x.strip())]
    return [] if exact or len(a) == len(b) else [name + ": other number of tokens"]


def main():
    idem, mode = sys.argv[1:3]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x.c")
        if mode == "headers":
            root, limit = sys.argv[3], int(sys.argv[4])
            pre = os.path.join(folder, "pre.h")
            with open(pre, "wb") as f:
                f.write(run("gcc", "-dM", "-E", "-x", "c", "/dev/null").stdout)
            names = sorted(os.path.relpath(os.path.join(d, n), root) for d, _, ns in os.walk(root) for n in ns if n.endswith(".h"))
            step = max(1, len(names) // limit)
            for name in names[::step]:
                with open(path, "w") as f:
                    f.write("#include <%s>\n" % name)
                found += compare(name, run("gcc", "-E", "-P", "-nostdinc", "-isystem", root, path),
                                 run(idem, "cc", "-E", "-P", "-undef", "-nostdinc", "-include", pre, "-isystem", root, path), False)
            count = len(names[::step])
        else:
            first, last = int(sys.argv[3]), int(sys.argv[4])
            for seed in range(first, last):
                with open(path, "w") as f:
                    f.write((random_program if mode == "random" else space_program)(random.Random(seed)))
                found += compare("%s %d" % (mode, seed), run("gcc", "-E", "-P", path), run(idem, "cc", "-E", "-P", path), mode == "space")
            count = last - first
    for line in found:
        print(line)
    print("%d compared, %d differ" % (count, len(found)))


main()
