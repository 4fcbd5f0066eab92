"""What the benchmarks share: where idem is, CPU time of a command, ratios. Compared commands run interleaved;
of several runs the least counts."""
import math, os, platform, shutil, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TMP = tempfile.mkdtemp(prefix="idem-bench-")
RUNS = int(os.environ.get("RUNS", "5"))


def find(stage):
    """The executable of a stage below $OUT, or None."""
    p = os.path.join(os.environ.get("OUT", os.path.join(ROOT, "out")), stage, "idem")
    return os.path.abspath(p) if os.path.exists(p) else None


def idem():
    p = os.environ.get("IDEM") or find("stage2") or find("stage0")
    if not p:
        sys.exit("no idem: ./build.sh, or IDEM=")
    return os.path.abspath(p)


def have(name):
    return shutil.which(name) is not None


def execute(cmd, cwd=None, env=None, out=None):
    """(user + system seconds, user seconds) of a command, all its children included; ends the program when it fails."""
    with open(out or os.devnull, "wb") as f, open(TMP + "/stderr", "wb") as err:
        p = subprocess.Popen(cmd, stdin=subprocess.DEVNULL, stdout=f, stderr=err, cwd=cwd, env=env)
        _, status, usage = os.wait4(p.pid, 0)
        p.returncode = status
    if status:
        with open(TMP + "/stderr", "rb") as err:
            sys.exit("%s: status %d\n%s" % (" ".join(cmd), status, err.read(2000).decode("utf-8", "replace")))
    return usage.ru_utime + usage.ru_stime, usage.ru_utime


def least(commands, runs=RUNS, which=0, **kw):
    """{name: least value} of {name: command}, interleaved."""
    best = {}
    for _ in range(runs):
        for name, cmd in commands.items():
            v = execute(cmd, **kw)[which]
            best[name] = min(best.get(name, v), v)
    return best


def least_batch(commands, runs=RUNS, times=20):
    """As least, for commands too short for the clock: each run is `times` executions by one shell, whose own cost, taken with
    `true`, is subtracted."""
    def batch(cmd):
        return ["sh", "-c", "i=0; while [ $i -lt %d ]; do \"$@\" || exit 1; i=$((i+1)); done" % times, "sh"] + cmd
    best = least(dict({n: batch(c) for n, c in commands.items()}, **{"": batch([shutil.which("true")])}), runs)
    none = best.pop("")
    return {n: max(v - none, 1e-5) / times for n, v in best.items()}


def geomean(values):
    return math.exp(sum(math.log(v) for v in values) / len(values))


def machine():
    try:
        with open("/proc/cpuinfo") as f:
            model = next(l.split(":", 1)[1].strip() for l in f if l.startswith("model name"))
    except (OSError, StopIteration):
        model = platform.machine()
    return "%s, %d processors" % (model, os.cpu_count())


def verdict(name, value, must=None, aim=None, more=False):
    """A figure beside its bound and its aim, of which there may be one only; more: larger is better."""
    def judge(what, limit, no):
        if limit is None:
            return ""
        return "   %s %.2f: %s" % (what, limit, "reached" if (value >= limit if more else value <= limit) else no)
    print("%-36s %7.2f" % (name, value) + judge("must", must, "MISSED") + judge("aim", aim, "missed"), flush=True)


def done():
    shutil.rmtree(TMP, ignore_errors=True)
