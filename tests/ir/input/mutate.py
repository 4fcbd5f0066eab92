"""Mutates the texts of a folder and gives them to `idem ir`: python3 mutate.py IDEM FOLDER RUNS [SEED].
A mutated text may be refused (status 1) or accepted (status 0, and then it prints the same when read again); it never crashes."""
import glob, os, random, subprocess, sys, tempfile

idem, folder, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
rng = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
texts = [open(p, "rb").read() for p in sorted(glob.glob(folder + "/*.ir"))]
texts = [b"\n".join(l for l in t.split(b"\n") if not l.startswith(b"#")) for t in texts]
words = sorted({w for t in texts for w in t.replace(b",", b" ").replace(b"[", b" ").replace(b"]", b" ").split()})


def mutate(t):
    lines = t.split(b"\n")
    for _ in range(rng.randint(1, 4)):
        kind = rng.randint(0, 6)
        k = rng.randrange(len(lines))
        line = lines[k]
        if kind == 0 and line:
            i = rng.randrange(len(line))
            lines[k] = line[:i] + bytes([rng.randrange(256)]) + line[i + 1:]
        elif kind == 1:
            del lines[k:k + rng.randint(1, 3)]
            lines = lines or [b""]
        elif kind == 2:
            lines.insert(rng.randrange(len(lines) + 1), line)
        elif kind == 3:
            parts = line.split(b" ")
            parts[rng.randrange(len(parts))] = rng.choice(words)
            lines[k] = b" ".join(parts)
        elif kind == 4:
            digits = [i for i, c in enumerate(line) if 48 <= c < 58]
            if digits:
                i = rng.choice(digits)
                new = rng.choice([b"0", b"1", b"2", b"3", b"9", b"4294967296", b"18446744073709551615", b"-1", b""])
                lines[k] = line[:i] + new + line[i + 1:]
        elif kind == 5:
            other = rng.choice(texts).split(b"\n")
            lines[k:k] = [rng.choice(other)]
        else:
            lines[k] = line[:rng.randrange(len(line) + 1)]
    return b"\n".join(lines)


def run(path):
    p = subprocess.run([idem, "ir", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    return p.returncode, p.stdout, p.stderr


accepted = 0
with tempfile.TemporaryDirectory() as tmp:
    a, b = tmp + "/a.ir", tmp + "/b.ir"
    for n in range(runs):
        text = mutate(rng.choice(texts))
        with open(a, "wb") as f:
            f.write(text)
        status, out, err = run(a)
        bad = status not in (0, 1) or b"internal error" in err or b"Sanitizer" in err
        if status == 0 and not bad:
            accepted += 1
            with open(b, "wb") as f:
                f.write(out)
            bad = run(b)[:2] != (0, out)
        if bad:
            sys.stdout.write("run %d, status %d\n%s\n%s" % (n, status, text.decode("latin-1"), err.decode("latin-1")))
            sys.exit(1)
if accepted == 0:
    sys.exit("nothing was accepted")
