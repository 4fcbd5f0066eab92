#!/usr/bin/env python3
"""Makes a failing C file small: reduce.py FILE.c -- COMMAND...   The command is run with the candidate's path as its last
argument and says by status 0 that the candidate still shows the fault (let it check that gcc accepts it and that it ends).
Removes runs of lines, halves first, then brace blocks, then simplifies expressions in parentheses, until nothing goes away.
Writes FILE.small.c after every step."""
import os, re, subprocess, sys, tempfile

path, cmd = sys.argv[1], sys.argv[sys.argv.index("--") + 1:]
out = re.sub(r"\.c$", "", path) + ".small.c"
tmp = tempfile.mkdtemp(prefix="reduce-")
tried, tests = set(), 0


def shows(lines):
    global tests
    text = "\n".join(lines) + "\n"
    if text in tried:
        return False
    tried.add(text)
    tests += 1
    cand = os.path.join(tmp, "r.c")
    with open(cand, "w") as f:
        f.write(text)
    try:
        return subprocess.run(cmd + [cand], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=20).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def keep(lines):
    with open(out, "w") as f:
        f.write("\n".join(lines) + "\n")
    return lines


def runs(lines):
    size = max(1, len(lines) // 2)
    while size:
        i = 0
        while i < len(lines):
            cand = lines[:i] + lines[i + size:]
            if cand and shows(cand):
                lines = keep(cand)
            else:
                i += size
        size //= 2
    return lines


def blocks(lines):
    i = 0
    while i < len(lines):
        if "{" in lines[i]:
            depth, j = 0, i
            while j < len(lines):
                depth += lines[j].count("{") - lines[j].count("}")
                if depth <= 0 and j > i or depth < 0:
                    break
                j += 1
            for cand in (lines[:i] + lines[j + 1:], lines[:i] + lines[i + 1:j] + lines[j + 1:]):
                if shows(cand):
                    lines = keep(cand)
                    break
            else:
                i += 1
        else:
            i += 1
    return lines


def expressions(lines):
    for i in range(len(lines)):
        again = True
        while again:
            again = False
            line, stack, spans = lines[i], [], []
            for k, c in enumerate(line):
                if c == "(":
                    stack.append(k)
                elif c == ")" and stack:
                    spans.append((stack.pop(), k))
            for s, e in sorted(spans, key=lambda p: p[0] - p[1]):
                call = re.search(r"\w+\s*$", line[:s])
                for a, put in [(s, "0"), (s, "1"), (s, line[s + 1:e])] + ([(call.start(), "0")] if call else []):
                    if e - a < 2:
                        continue
                    cand = lines[:i] + [line[:a] + put + line[e + 1:]] + lines[i + 1:]
                    if len(cand[i]) < len(line) and shows(cand):
                        lines, again = keep(cand), True
                        break
                if again:
                    break
    return lines


lines = open(path).read().split("\n")
if not shows(lines):
    sys.exit("reduce.py: the command does not confirm the file as it is")
before = None
while before != lines:
    before = list(lines)
    lines = expressions(blocks(runs(lines)))
print("%s: %d lines after %d tests" % (out, len(lines), tests))
