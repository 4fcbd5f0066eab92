"""Mutates source texts token by token and compiles or assembles them: mutate.py IDEM cc|as SEED COUNT.
The status must be 0 or 1 within ten seconds, and where it is 1 there is a message. A text that fails is kept in the current folder."""
import glob, os, random, re, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TOKEN = re.compile(rb'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|[A-Za-z_.$%][\w.$]*|0[xX][0-9a-fA-F]+|\d[\w.]*|\s+|<<=|>>=|\.\.\.|[-+*/%&|^=<>!]=|'
                   rb'->|\+\+|--|&&|\|\||<<|>>|##|.', re.S)
KINDS = {
    "cc": ([HERE + "/run/*.c", HERE + "/cc-err/*.c"], ".c", ["cc", "-w", "-c", "-fcheck-ir"],
           [b"(", b")", b"{", b"}", b"[", b"]", b";", b",", b"*", b"&", b"...", b"struct", b"union", b"enum", b"typedef", b"static", b"extern",
            b"int", b"unsigned", b"long", b"char", b"double", b"float", b"void", b"_Bool", b"const", b"volatile", b"sizeof", b"_Alignof",
            b"_Generic", b"({", b"})", b"__attribute__((packed))", b"__attribute__((aligned(64)))", b"goto *", b"&&", b"case", b"default:",
            b"return", b"for(;;)", b"if", b"else", b"switch", b"while", b"do", b"0", b"1", b"-1", b"0x7fffffffffffffff", b"1e999", b"1.5f",
            b"'\\377'", b'"x"', b'L"y"', b"?", b":", b"->", b".", b"++", b"--", b"/0", b"%0", b"<<64", b"[1<<30]", b"= {", b"[2] = ",
            b".m = ", b": 3", b"__builtin_va_arg(ap, ", b"__builtin_alloca(9)", b"__typeof__(", b"inline", b"register", b"__auto_type",
            b"_Static_assert(1, \"\");", b"asm(\"\")", b"__int128", b"long double", b"_Complex", b"_Atomic", b"_Thread_local"]),
    "as": ([HERE + "/as/input/*.s", HERE + "/as/refuse/*.s"], ".s", ["as", "-o", "x.o"],
           [b".long", b".quad", b".align", b".p2align", b".section", b".text", b".data", b".set", b".globl", b".macro", b".endm", b".rept",
            b".endr", b".if", b".else", b".endif", b".skip", b".fill", b".org", b".ascii", b"%rax", b"%eax", b"%al", b"%xmm9", b"(%rsp)",
            b"(,%rax,8)", b"$", b"*", b"(", b")", b",", b":", b"-", b"+", b"~", b"<<", b"/", b"%", b"1f", b"1b", b"1:", b"a-b", b"@PLT",
            b"@GOTPCREL(%rip)", b"-1", b"0x8000000000000000", b"99999999999999999999", b"mov", b"jmp", b"call", b"lock", b"rep", b"\\x",
            b"\\@", b".size", b".type", b"@function", b".cfi_startproc", b".pushsection", b".popsection", b".comm", b"\n", b";", b"#"]),
}


def mutated(r, texts, words):
    t = TOKEN.findall(r.choice(texts))
    for _ in range(r.choice((1, 1, 2, 3, 8))):
        i = r.randrange(len(t) + 1)
        k = r.randrange(7)
        if k == 0:
            t[i:i] = [b" ", r.choice(words), b" "]
        elif k == 1 and i < len(t):
            t[i] = r.choice(words)
        elif k == 2:
            del t[i:i + r.randint(1, 6)]
        elif k == 3:
            other = TOKEN.findall(r.choice(texts))
            a = r.randrange(len(other))
            t[i:i] = other[a:a + r.randint(1, 30)]
        elif k == 4 and t:
            j = r.randrange(len(t))
            i = min(i, len(t) - 1)
            t[i], t[j] = t[j], t[i]
        elif k == 5:
            t[i:i] = t[i:i + r.randint(1, 8)] * r.randint(1, 4)
        elif i < len(t) and t[i]:
            b = bytearray(t[i])
            b[r.randrange(len(b))] = r.randrange(256)
            t[i] = bytes(b)
    return b"".join(t)


def main():
    idem, kind, seed, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    patterns, suffix, command, words = KINDS[kind]
    r = random.Random(seed)
    files = sorted(f for p in patterns for f in glob.glob(p))
    texts = [open(f, "rb").read() for f in files if os.path.getsize(f) < 20000]
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x" + suffix)
        for i in range(count):
            d = mutated(r, texts, words)
            with open(path, "wb") as f:
                f.write(d)
            cmd = [idem] + command + ([path, "-o", os.path.join(folder, "x.o")] if kind == "cc" else [path])
            try:
                p = subprocess.run(cmd, capture_output=True, timeout=10, cwd=folder)
                status = p.returncode
                if status == 1 and b"error" not in p.stderr:
                    status = "1 without a message"
            except subprocess.TimeoutExpired:
                status = "timeout"
            if status not in (0, 1):
                bad += 1
                name = "failed-%s-%d-%d%s" % (kind, seed, i, suffix)
                with open(name, "wb") as f:
                    f.write(d)
                print("#", name, status, p.stderr[-200:] if status != "timeout" else "")
    print("%s %s: %d mutated texts, seed %d, %d failed" % ("not ok" if bad else "ok", kind, count, seed, bad))


main()
