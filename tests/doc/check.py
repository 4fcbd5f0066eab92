"""Checks README.md and doc/*.md: check.py TEMP IDEM [TIER]. Prints `ok NAME`, `not ok NAME` or `skip NAME WHY` a line.

What is held:
  links      relative links lead to files (and an anchor to a heading)
  paths      a path in backticks that begins with a folder or file at the top exists; <t> stands for each target's folder, a brace
             or * for some match; what a build writes (out/, bootstrap/answers/) is exempt
  names      identifiers in backticks (with _ or of CapWords) occur in the tree, files named without a folder are in it
  rooms      every folder of src/ and every page of doc/ is named in doc/map.md or README.md
  blocks     a fenced block with the info string `sh` is run by sh in an empty folder where out/stage2/idem is the one under test;
             it exits with 0, and when a `text` block follows as the next thing but prose of one paragraph, prints just that
  commands   those of doc/boot.md are build.sh's; those README.md names are what `idem --help` lists
  lines      no line is over 140 columns but in tables and in the pages of records (decisions, performance)
"""
import glob, os, re, shutil, subprocess, sys

temp, idem = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
RECORDS = ("doc/decisions.md", "doc/performance.md")
WRITTEN = ("out/", "bootstrap/answers/")
pages = ["README.md"] + sorted(glob.glob("doc/*.md"))
targets = sorted(d for d in os.listdir("arch") if os.path.isdir("arch/" + d))
top = set(os.listdir("."))
text = {p: open(p, encoding="utf-8").read() for p in pages}
known_files, known_words = set(), set()
for folder in ("src", "arch", "rt", "tests", "bootstrap", "stage0"):
    for d, _, found in os.walk(folder):
        known_files.update(found)
        for f in found:
            with open(os.path.join(d, f), "rb") as source:
                known_words.update(re.findall(r"\w+", source.read().decode("utf-8", "replace")))
with open("build.sh") as source:
    known_words.update(re.findall(r"\w+", source.read()))
    known_files.add("build.sh")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


def told(name, wrong):
    for w in wrong:
        print("  " + w)
    print("not ok " + name if wrong else "ok " + name)


def anchor(heading):
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def links(page):
    wrong = []
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text[page])):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, mark = target.partition("#")
        path = os.path.normpath(os.path.join(os.path.dirname(page), path)) if path else page
        if not os.path.exists(path):
            wrong.append("%s: link to %s" % (page, target))
        elif mark and mark not in [anchor(h) for h in re.findall(r"^#+ (.*)$", open(path, encoding="utf-8").read(), re.M)]:
            wrong.append("%s: no heading for %s" % (page, target))
    return wrong


def exists(path):
    """One that a page names: relative to the top, to src/ or to the folder of a table's heading."""
    if path.startswith(WRITTEN) or path == "out":
        return True
    if "<" in path:
        names = [path.replace("<t>", t).replace("<target>", t) for t in targets]
        return any(glob.glob(n) for n in names if "<" not in n)
    return bool(glob.glob(path))


def paths(page):
    wrong = []
    for code in re.findall(r"`([^`\n]+)`", FENCE.sub("", text[page])):
        for word in code.split():
            word = re.sub(r"[,;:.)]+$", "", word.lstrip("(").removeprefix("./"))
            first = word.split("/")[0]
            if "/" in word and not re.search(r"[|$\"'=(){}…]", word):
                if first in top and not exists(word):
                    wrong.append("%s: no %s" % (page, word))
                elif first not in top and first in ("cc", "pp", "ir", "gen", "as", "obj", "ld", "tool", "base") and not exists("src/" + word):
                    wrong.append("%s: no src/%s" % (page, word))
    return wrong


def names(page):
    wrong = []
    for code in re.findall(r"`([^`\n]+)`", FENCE.sub("", text[page])):
        for word in re.findall(r"[A-Za-z_]\w*\w*[A-Za-z0-9]\b", code):
            if ("_" in word or re.match(r"[A-Z][a-z]+[A-Z]", word)) and word not in known_words:
                wrong.append("%s: nothing is called %s" % (page, word))
        for word in re.findall(r"(?<![\w/<>.*-])[\w-]+\.(?:c|h|def|sh|py|S)\b", code):
            if word not in known_files and word not in ("hello.c", "t.c"):
                wrong.append("%s: no file is called %s" % (page, word))
    return wrong


def rooms():
    named = text["doc/map.md"] + text["README.md"]
    wrong = ["doc/map.md does not name src/" + d for d in sorted(os.listdir("src"))
             if glob.glob("src/%s/*" % d) and "src/" + d not in named and "`%s`" % d not in named]
    linked = set(os.path.basename(l) for l in re.findall(r"\]\(([^)\s#]+)", named))
    return wrong + ["%s is linked from neither README.md nor doc/map.md" % p for p in pages[1:]
                    if os.path.basename(p) not in linked and p != "doc/map.md"]


def blocks(page):
    """(number, script, expected output or None) of each runnable block."""
    found, n = list(FENCE.finditer(text[page])), 0
    for k, m in enumerate(found):
        if m.group(1) != "sh":
            continue
        n += 1
        want = None
        if k + 1 < len(found) and found[k + 1].group(1) == "text":
            between = text[page][m.end():found[k + 1].start()].strip()
            if "\n\n" not in between and "\n#" not in between and not between.startswith("#"):
                want = found[k + 1].group(2)
        yield n, m.group(2), want


def run(page):
    for n, script, want in blocks(page):
        name = "%s block %d" % (page, n)
        lack = [w for w in re.findall(r"# needs: (.*)", script) for w in w.split() if not shutil.which(w)]
        hosted = "<stdio.h>" in script and not os.path.exists("/usr/lib/x86_64-linux-musl/libc.a")
        if lack or hosted:
            print("skip %s %s" % (name, "no " + " ".join(lack) if lack else "no musl"))
            continue
        folder = os.path.join(temp, name.replace("/", "-").replace(" ", "-"))
        os.makedirs(folder + "/out")
        os.symlink(os.path.dirname(idem), folder + "/out/stage2")
        try:
            p = subprocess.run(["sh", "-e", "-c", script], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
            out, err, status = p.stdout.decode(), p.stderr.decode(), p.returncode
        except subprocess.TimeoutExpired:
            out, err, status = "", "timeout", -1
        wrong = [] if status == 0 else ["exit %d" % status] + err.splitlines()[:8]
        if want is not None and out != want:
            wrong += ["expected:"] + want.splitlines() + ["printed:"] + out.splitlines()[:20]
        told(name, wrong)


def commands():
    script = open("build.sh").read()
    known = set(re.search(r"^all \|(.*)\) ;;$", script, re.M).group(1).replace("|", " ").split())
    named = set(re.findall(r"\./build\.sh (\w+)", text["doc/boot.md"]))
    wrong = ["doc/boot.md: build.sh has no '%s'" % c for c in sorted(named - known)]
    wrong += ["doc/boot.md does not tell of ./build.sh " + c for c in sorted(known - named)]
    told("commands of build.sh", wrong)
    listed = re.findall(r"^  (\w+) +\S", subprocess.run([idem, "--help"], capture_output=True).stdout.decode(), re.M)
    named = set(re.findall(r"`idem (\w+)", text["README.md"]))
    wrong = ["README.md: idem has no command '%s'" % c for c in sorted(named - set(listed))]
    told("commands of idem", wrong + ["README.md does not name idem " + c for c in listed if c not in named])


for name, check in (("links", links), ("paths", paths), ("names", names)):
    told(name, [w for p in pages for w in check(p)])
told("rooms", rooms())
told("lines", ["%s:%d: %d columns" % (p, k + 1, len(l)) for p in pages for k, l in enumerate(text[p].split("\n"))
                if len(l) > 140 and not l.startswith("|") and p not in RECORDS])
commands()
for p in pages:
    run(p)
