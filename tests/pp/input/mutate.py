"""Mutates preprocessor sources and runs `idem cc -E` over them: mutate.py IDEM SEED COUNT. The status must be 0 or 1, within
ten seconds. A text that fails is kept in the current folder and named."""
import glob, os, random, subprocess, sys, tempfile

FRAGMENTS = [s.encode() for s in (
    "#", "##", "\\\n", "??/\n", "??=", "/*", "*/", "//", '"', "'", "(", ")", ",", "__VA_ARGS__", "__VA_OPT__(", "#define ", "#if ",
    "#elif ", "#else\n", "#endif\n", "#include ", "<", ">", "\n", "\0", "\u00e9", "\\u00e9", "\\U", '_Pragma("', "defined",
    '#pragma push_macro("A")\n', '#pragma pop_macro("A")\n', "__has_include(", '#include "x.c"\n', "...", "%:", "%:%:",
    '#line 5 "a"\n', "#undef A\n", "__LINE__", "__COUNTER__", 'u8"', "#include __FILE__\n", "#pragma once\n", '# 5 "x" 3\n', "0x",
    "?:", "&&", "/0", "#pragma GCC poison A\n", "#define A(x) A B A(A(x)) x x\n", "__has_attribute(packed)", "#pragma pack(A)\n")]
OPTIONS = [[], ["-P"], ["-std=c11"], ["-std=c89"], ["-x", "assembler-with-cpp"], ["-dM"], ["-trigraphs", "-Wall"], ["-M"]]


def main():
    idem, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    r = random.Random(seed)
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    corpus = [open(f, "rb").read() for f in sorted(glob.glob(here + "/*.[cS]"))]
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x.c")
        for i in range(count):
            d = bytearray(r.choice(corpus))
            for _ in range(r.randint(1, 12)):
                k, p = r.random(), r.randrange(len(d) + 1)
                if k < 0.5:
                    d[p:p] = r.choice(FRAGMENTS)
                elif k < 0.7:
                    del d[p:p + r.randint(1, 20)]
                elif k < 0.85:
                    other = r.choice(corpus)
                    a = r.randrange(len(other))
                    d[p:p] = other[a:a + r.randint(1, 60)]
                elif p < len(d):
                    d[p] = r.randrange(256)
            with open(path, "wb") as f:
                f.write(d)
            options = r.choice(OPTIONS)
            try:
                status = subprocess.run([idem, "cc", "-E", *options, path], capture_output=True, timeout=10).returncode
            except subprocess.TimeoutExpired:
                status = "timeout"
            if status not in (0, 1):
                bad += 1
                name = "failed-%d-%d.c" % (seed, i)
                with open(name, "wb") as f:
                    f.write(d)
                print(name, status, *options)
    print("%d mutated, %d failed" % (count, bad))


main()
