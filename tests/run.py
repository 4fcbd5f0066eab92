"""Runs the tests. One file is a test; a folder below tests/ is a suite.

A test file begins with comment lines ("//", "#", ";", "/* */") that say what to do and what must come out:
    // run: %idem cc %s -o %t/a && %t/a     shell commands; several lines run one after the other, the first failure ends
    // exit: 1                              expected status, default 0
    // out: text                            expected standard output, a line each; nothing: empty
    // err: text                            expected standard error
    // out~: text  err~: text               must occur somewhere (the rest is then free)
    // needs: gcc musl-gcc                  programs without which the test is skipped
    // tier: all                            not part of `check`
    // timeout: 60                          seconds, default 20
with %s the file, %S its folder, %b its name without suffix, %t an empty folder of its own, %idem the executable, %% a
percent sign. Long outputs stand beside it as NAME.out and NAME.err. Where %t occurs in an output it is written as %t.
A file named `default` in the suite's folder gives lines for the tests that have no `run:` line.
Files in folders named `input` are no tests. `-u` rewrites what is expected; review the diff.

`files` runs what `check` does, but only suites made of test files.

A suite with a `suite.sh` is run by it instead: it prints `ok NAME`, `not ok NAME` or `skip NAME WHY` a line, anything else
is told when it fails. It finds IDEM (the executable), OUT (the build), TIER (check or all) and T (an empty folder).

IDEM chooses the executable; default $OUT/stage2/idem, then $OUT/stage0/idem, then ${DEV:-/tmp/idem-dev}/idem.
"""
import os, re, shutil, subprocess, sys, tempfile, threading, time, difflib, signal
from concurrent.futures import ThreadPoolExecutor

JOBS = int(os.environ.get("TEST_JOBS", "2"))
SUFFIXES = (".c", ".s", ".S", ".ir", ".sh", ".h0", ".txt")
NOT_SUITES = {"bench", "fuzz", "san", "lib"}
LINE = re.compile(r"^\s*(//|#|;|/\*|\*)\s*(run|exit|out~|err~|out|err|needs|tier|timeout):(?: (.*?))?\s*(?:\*/)?\s*$")
COMMENT = re.compile(r"^\s*(//|#|;|/\*|\*)|^\s*$")
PREFIX = {".c": "//", ".s": "#", ".S": "#", ".sh": "#", ".ir": "#", ".txt": "#"}


COUNTING = threading.Lock()


class Test:
    def __init__(self, path, default):
        self.path = path
        self.want = {k: [] for k in ("run", "exit", "out", "err", "out~", "err~", "needs", "tier", "timeout")}
        with open(path, encoding="utf-8", errors="surrogateescape") as f:
            self.head(f)
        if not self.want["run"] and default:
            with open(default) as f:
                self.head(f)

    def head(self, lines):
        for line in lines:
            m = LINE.match(line)
            if m:
                self.want[m.group(2)].append(m.group(3) or "")
            elif not COMMENT.match(line):
                break

    def side(self, kind):
        return os.path.splitext(self.path)[0] + "." + kind

    def expected(self, kind):
        if os.path.exists(self.side(kind)):
            with open(self.side(kind), encoding="utf-8", errors="surrogateescape") as f:
                return f.read()
        if not self.want[kind] and self.want[kind + "~"]:
            return None
        return "".join(l + "\n" for l in self.want[kind])


def find_idem():
    out = os.environ.get("OUT", "out")
    dev = os.environ.get("DEV", "/tmp/idem-dev")
    for p in (os.environ.get("IDEM"), out + "/stage2/idem", out + "/stage0/idem", dev + "/idem"):
        if p and os.path.exists(p):
            return os.path.abspath(p)
    sys.exit("tests/run.sh: no idem: build it (./build.sh, or sh tests/dev.sh) or set IDEM")


def decode(b):
    return b.decode("utf-8", "surrogateescape")


def execute(cmd, env, timeout, cwd=None):
    """Status (or the name of what ended it), standard output, standard error."""
    p = subprocess.Popen(cmd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env,
                         cwd=cwd, start_new_session=True)
    try:
        out, err = p.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(p.pid, signal.SIGKILL)
        out, err = p.communicate()
        return "timeout after %g s" % timeout, decode(out), decode(err)
    return p.returncode, decode(out), decode(err)


def differ(name, want, got):
    lines = list(difflib.unified_diff(want.splitlines(), got.splitlines(), "expected " + name, "got " + name, lineterm="", n=2))
    if len(lines) > 60:
        lines = lines[:60] + ["..."]
    return ["  " + l for l in lines] or ["  %s differs in its line ends" % name]


class Runner:
    """One suite's; `lock` keeps apart what several of them say."""
    def __init__(self, update, tier, lock):
        self.update, self.tier, self.lock = update, tier, lock
        self.idem = find_idem()
        self.env = dict(os.environ, LC_ALL="C", IDEM=self.idem, OUT=os.path.abspath(os.environ.get("OUT", "out")), TIER=tier)
        self.env.pop("CPATH", None)
        self.passed = self.failed = self.skipped = 0
        self.names = []

    def say(self, *lines):
        with self.lock:
            sys.stdout.write("".join(l.encode("utf-8", "replace").decode() + "\n" for l in lines))
            sys.stdout.flush()

    def count(self, what):
        with COUNTING:
            setattr(self, what, getattr(self, what) + 1)

    def run_test(self, t):
        if self.tier == "check" and "all" in t.want["tier"] and not self.update:
            return
        missing = [n for l in t.want["needs"] for n in l.split() if not shutil.which(n)]
        if missing:
            self.say("skip %s: no %s" % (t.path, " ".join(missing)))
            return self.count("skipped")
        if not t.want["run"]:
            self.say("FAIL %s: no run line" % t.path)
            self.names.append(t.path)
            return self.count("failed")
        tmp = tempfile.mkdtemp(prefix="idem-test-")
        try:
            self.judge(t, tmp)
        finally:
            shutil.rmtree(tmp, ignore_errors=True)

    def judge(self, t, tmp):
        put = {"%s": t.path, "%S": os.path.dirname(t.path), "%t": tmp, "%idem": self.idem, "%%": "%",
               "%b": os.path.splitext(os.path.basename(t.path))[0]}
        script = "set -e\n" + "\n".join(t.want["run"])
        script = re.sub(r"%(idem|[sStb%])(?![A-Za-z0-9_]*%)", lambda m: put[m.group(0)], script)
        timeout = float((t.want["timeout"] or ["20"])[-1])
        status, out, err = execute(["sh", "-c", script], self.env, timeout)
        out, err = out.replace(tmp, "%t"), err.replace(tmp, "%t")
        if self.update and isinstance(status, int):
            return self.rewrite(t, status, out, err)
        lines = []
        want = int((t.want["exit"] or ["0"])[-1])
        if status != want:
            lines.append("  exit: expected %s, got %s" % (want, status))
        for kind, got in (("out", out), ("err", err)):
            expected = t.expected(kind)
            if expected is not None and got != expected and got != expected[:-1]:
                lines += differ(kind, expected, got)
            for part in t.want[kind + "~"]:
                if part not in got:
                    lines.append("  %s: not there: %s" % (kind, part))
        if not lines:
            return self.count("passed")
        if err and not any("got err" in l for l in lines):
            lines += ["  err| " + l for l in err.splitlines()[:12]]
        self.say("FAIL " + t.path, *lines)
        self.names.append(t.path)
        self.count("failed")

    def rewrite(self, t, status, out, err):
        with open(t.path, encoding="utf-8", errors="surrogateescape") as f:
            lines = f.read().split("\n")
        drop, at = {"exit", "out", "err"}, 0
        kept, head, prefix = [], True, PREFIX.get(os.path.splitext(t.path)[1], "//")
        for line in lines:
            m = LINE.match(line) if head else None
            if head and not m and not COMMENT.match(line):
                head = False
            if m and m.group(2) in drop:
                continue
            kept.append(line)
            if m:
                at = len(kept)
                prefix = m.group(1) if m.group(1) in ("//", "#", ";") else prefix
        new = ["%s exit: %d" % (prefix, status)] if status else []
        for kind, got in (("out", out), ("err", err)):
            if t.want[kind + "~"] and not t.want[kind]:
                continue
            rows = got.split("\n")
            short = len(rows) <= 12 and got.endswith("\n") and all(r == r.rstrip() and "\r" not in r for r in rows)
            if os.path.exists(t.side(kind)) or (got and not short):
                with open(t.side(kind), "w", encoding="utf-8", errors="surrogateescape", newline="") as f:
                    f.write(got)
            else:
                new += [("%s %s: %s" % (prefix, kind, r)).rstrip() for r in rows[:-1]]
        kept[at:at] = new
        text = "\n".join(kept)
        if text != "\n".join(lines):
            with open(t.path, "w", encoding="utf-8", errors="surrogateescape", newline="") as f:
                f.write(text)
            self.say("rewrote " + t.path)
        self.count("passed")

    def run_script(self, suite):
        tmp = tempfile.mkdtemp(prefix="idem-suite-")
        try:
            status, out, err = execute(["sh", suite + "/suite.sh"], dict(self.env, T=tmp), 900)
        finally:
            shutil.rmtree(tmp, ignore_errors=True)
        rest, told = [], []
        for line in out.splitlines():
            if line.startswith("ok "):
                self.passed += 1
            elif line.startswith("not ok "):
                self.failed += 1
                told.append("FAIL %s: %s" % (suite, line[7:]))
                self.names.append(suite + ": " + line[7:])
            elif line.startswith("skip "):
                self.skipped += 1
                told.append("skip %s: %s" % (suite, line[5:]))
            else:
                rest.append(line)
        if status != 0 and not self.failed:
            self.failed += 1
            self.names.append(suite + "/suite.sh")
            told.append("FAIL %s/suite.sh: exit %s" % (suite, status))
        if self.failed or os.environ.get("VERBOSE"):
            rest = (rest + err.splitlines())[-60:]
        else:
            rest = rest[-6:]
        return told + ["  " + l for l in rest]

    def run_files(self, files):
        with ThreadPoolExecutor(JOBS) as pool:
            for f in [pool.submit(self.run_test, t) for t in files]:
                f.result()

    def run_suite(self, suite, files, budget):
        start, told = time.time(), []
        if files is None:
            told = self.run_script(suite)
        else:
            self.run_files(files)
        spent = time.time() - start
        if self.passed + self.failed + self.skipped:
            told.append("%-18s %5d passed %4d failed %4d skipped %7.1f s of %d s%s" %
                        (os.path.relpath(suite, "tests"), self.passed, self.failed, self.skipped, spent, budget,
                         "  OVER BUDGET" if spent > budget else ""))
        self.say(*told)


def collect(folder, default=None):
    """The tests of a suite's folder in order, None where suite.sh runs it. Their lines are of the folder's `default`, or another's."""
    if os.path.exists(folder + "/suite.sh"):
        return None
    default = default or (folder + "/default" if os.path.exists(folder + "/default") else None)
    tests = []
    for d, dirs, names in os.walk(folder):
        dirs[:] = sorted(x for x in dirs if x not in ("input", "__pycache__"))
        tests += [Test(os.path.join(d, n), default) for n in sorted(names) if n.endswith(SUFFIXES)]
    return tests


def main():
    args = sys.argv[1:]
    update = "-u" in args
    args = [a for a in args if a != "-u"] or ["check"]
    tier = "check" if args in (["check"], ["files"]) else "all"
    lock, runners, budgets = threading.Lock(), [], {}

    def runner():
        runners.append(Runner(update, tier, lock))
        return runners[-1]

    with open("tests/budgets") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                name, check, everything = line.split()
                budgets[name] = int(check if tier == "check" else everything)
    start = time.time()
    suites = []
    for a in args:
        if a in ("check", "all", "files"):
            found = [("tests/" + n) for n in sorted(os.listdir("tests"))
                     if os.path.isdir("tests/" + n) and n not in NOT_SUITES and not n.startswith(("_", "."))]
            suites += [s for s in found if a != "files" or not os.path.exists(s + "/suite.sh")]
        elif os.path.isfile(a):
            folder = os.path.dirname(a)
            while os.path.dirname(folder) != "tests" and not os.path.exists(folder + "/default") and "/" in folder:
                folder = os.path.dirname(folder)
            default = folder + "/default"
            runner().run_files([Test(a, default if os.path.exists(default) else None)])
        else:
            folder = a.rstrip("/") if os.path.isdir(a) else "tests/" + a
            if not os.path.isdir(folder):
                sys.exit("tests/run.sh: no suite '%s'" % a)
            suites.append(folder)
    # Suites of files have two tests at a time; of the others, which mostly run one thing after the other, two are run side by side,
    # those that take longest first.
    def budget(s):
        return budgets.get(os.path.relpath(s, "tests"), 60)

    def run_one(s):
        runner().run_suite(s, None, budget(s))

    scripts = [s for s in suites if os.path.exists(s + "/suite.sh")]
    for s in suites:
        if s not in scripts:
            runner().run_suite(s, collect(s), budget(s))
    with ThreadPoolExecutor(JOBS) as pool:
        for f in [pool.submit(run_one, s) for s in sorted(scripts, key=lambda s: -budget(s))]:
            f.result()
    names = sorted(n for r in runners for n in r.names)
    if names:
        print("\nfailed:", *names[:200], sep="\n  ")
    passed, failed, skipped = (sum(getattr(r, k) for r in runners) for k in ("passed", "failed", "skipped"))
    print("%.1f s\n%d passed, %d failed, %d skipped" % (time.time() - start, passed, failed, skipped), flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
