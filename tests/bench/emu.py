#!/usr/bin/env python3
"""`idem emu` against qemu-riscv64 and against the same source built for this machine (kernels, tcc: gcc -O2; idem: $OUT/stage2).
CPU time, ratios of one run. Guests are riscv64-linux-gnu-gcc -O2 -static, or idem for rv64 ($OUT/cross/rv64, by `./build.sh answers`).
Parts, all without arguments:
  kernels    integer kernels, --jit
  floats     the double-precision kernels, --jit
  compilers  idem compiles src/*/*.c for rv64, a process a file, summed, --jit, and --auto beside it; one process compiles and links
             the whole of idem; tcc compiles itself
  interp     both again with --interp, executed once; KERNELS_INTERP are the kernels
  start      three instructions, and a static hello, 100 processes each, --auto
  translate  guest instructions translated a second, as `idem emu --stats` tells, when it does
What guests write is compared with qemu's, idem's objects with the native ones too.
SOURCES: a folder with tcc, to spare the download. RUNS: 3."""
import filecmp, glob, os, re, subprocess, sys
os.environ.setdefault("RUNS", "3")
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from common import *

GCC = ["riscv64-linux-gnu-gcc", "-O2", "-w", "-static"]
QEMU = ["qemu-riscv64"]
INTEGER = "allocation hashing interpreter intloops recursion sha sieve sorting strings structs".split()
FLOATS = ["floats", "matrix"]
INTERP = os.environ.get("KERNELS_INTERP", "").split() or INTEGER
made = {}


def emu(engine):
    return [idem(), "emu", "--" + engine]


def same(a, b):
    if not filecmp.cmp(a, b, shallow=False):
        sys.exit("%s and %s differ" % (a, b))


def measure(name, native, guest, engines, runs=RUNS, product=None, exact=False):
    """{how: least CPU time} of a native command and of a guest's, interleaved; what is written is compared."""
    commands = dict({"native": native, "qemu": QEMU + guest}, **{e: emu(e) + guest for e in engines})
    best = {}
    for _ in range(runs):
        for how, cmd in commands.items():
            out = os.path.join(TMP, "out." + how)
            t = execute(cmd, out=out)[0]
            if product:
                os.replace(product, out)
            best[how] = min(best.get(how, t), t)
            if how in engines:
                same(os.path.join(TMP, "out.qemu"), out)
    if exact:
        same(os.path.join(TMP, "out.native"), os.path.join(TMP, "out.qemu"))
    return best


def line(name, best, engine):
    native, qemu, own = best["native"], best["qemu"], best[engine]
    print("%-14s qemu/native %6.2f   %s/native %6.2f   %s/qemu %5.2f" %
          (name, qemu / native, engine, own / native, engine, own / qemu), flush=True)


def kernels(names, engine, runs=RUNS):
    """(geometric mean against native, against qemu)."""
    ratios = []
    for name in names:
        src = os.path.join(ROOT, "tests/bench/kernels", name + ".c")
        exe = os.path.join(TMP, name)
        if name not in made:
            execute(["gcc", "-O2", "-w", "-o", exe, src, "-lm"])
            execute(GCC + ["-o", exe + ".rv64", src, "-lm"])
            made[name] = exe
        best = measure(name, [exe], [exe + ".rv64"], [engine], runs)
        line(name, best, engine)
        ratios.append((best[engine] / best["native"], best[engine] / best["qemu"]))
    return [geomean(r) for r in zip(*ratios)]


def idems():
    """The native idem and rv64's, of one tree; None without."""
    return (find("stage2"), find("cross/rv64")) if find("stage2") and find("cross/rv64") else None


def own_options(f, o, *how):
    return ["cc", "-target", "rv64", "-std=c11", "-ffreestanding", "-nostdinc"] + \
        ["-I" + os.path.join(ROOT, d) for d in ("rt/include", "src", ".", "arch/rv64")] + list(how or ["-c"]) + f + ["-o", o]


def compile_idem(engines, runs=RUNS):
    """The sum over src/*/*.c, a process a file."""
    native, guest = idems()
    sums, o = {}, os.path.join(TMP, "a.o")
    for f in sorted(glob.glob(os.path.join(ROOT, "src/*/*.c"))):
        options = own_options([f], o)
        for how, t in measure(f, [native] + options, [guest] + options, engines, runs, product=o, exact=True).items():
            sums[how] = sums.get(how, 0) + t
    for e in engines:
        line("idem", sums, e)
    return sums


def compile_whole(engines, runs=RUNS):
    """One process: rv64's idem from all its sources, compiled and linked; rv64's idem as a guest thus makes itself anew."""
    native, guest = idems()
    patterns = "rt/*.c", "src/*.c", "src/*/*.c", "arch/*.c", "arch/*/*.c", "arch/rv64/*.S"
    files = [f for p in patterns for f in sorted(glob.glob(os.path.join(ROOT, p)))]
    o = os.path.join(TMP, "whole")
    options = own_options(files, o, "-nostdlib", "-static")
    best = measure("whole", [native] + options, [guest] + options, engines, runs, product=o, exact=True)
    for e in engines:
        line("idem, whole", best, e)
    return best


def tcc_source():
    for d in (os.environ.get("SOURCES", ""), os.path.join(os.environ.get("OUT", os.path.join(ROOT, "out")), "foreign")):
        if os.path.exists(os.path.join(d, "tcc/tcc.c")):
            return os.path.abspath(os.path.join(d, "tcc"))
    fetch = ["sh", os.path.join(ROOT, "tests/programs/fetch.sh"), TMP, "tcc"]
    p = subprocess.run(fetch, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return None if p.returncode else os.path.join(TMP, "tcc")


def compile_tcc(engines, runs=RUNS):
    """tcc for rv64 compiles its one unit; None when the source cannot be had."""
    if "tcc" not in made:
        made["tcc"] = src = tcc_source()
        if src:
            os.mkdir(os.path.join(TMP, "config"))
            with open(os.path.join(TMP, "config/config.h"), "w"):
                pass
            made["options"] = ["-DTCC_TARGET_RISCV64", "-DONE_SOURCE=1", '-DTCC_VERSION="0"',
                               "-I" + TMP + "/config", "-I" + src, "-w"]
            for cmd, exe in ((["gcc", "-O2"], "tcc.native"), (GCC, "tcc.rv64")):
                execute(cmd + made["options"] + [src + "/tcc.c", "-o", os.path.join(TMP, exe), "-lm", "-ldl"])
    src = made["tcc"]
    if not src:
        print("skip tcc: its source cannot be fetched")
        return None
    o = os.path.join(TMP, "tcc.o")
    options = ["-B" + src, "-I" + src + "/include", "-I/usr/riscv64-linux-gnu/include"] + made["options"] + ["-c", src + "/tcc.c", "-o", o]
    best = measure("tcc", [os.path.join(TMP, "tcc.native")] + options, [os.path.join(TMP, "tcc.rv64")] + options, engines, runs, product=o)
    for e in engines:
        line("tcc", best, e)
    return best


def part_kernels():
    native, qemu = kernels(INTEGER, "jit")
    verdict("integer kernels, jit/native", native, 2.6, 1.5)
    verdict("integer kernels, jit/qemu", qemu, 0.75)


def part_floats():
    native, qemu = kernels(FLOATS, "jit")
    verdict("double kernels, jit/qemu", qemu, 0.25)
    verdict("double kernels, jit/native", native, None, 2)


def part_compilers():
    if idems():
        own = compile_idem(["jit", "auto"])
        verdict("idem compiling, jit/qemu", own["jit"] / own["qemu"], 0.6, 0.33)
        verdict("idem compiling, jit/native", own["jit"] / own["native"], 5, 2)
        own = compile_whole(["jit", "auto"])
        verdict("self-compilation in one process, jit/qemu", own["jit"] / own["qemu"], 0.6, 0.33)
        verdict("self-compilation in one process, jit/native", own["jit"] / own["native"], 5, 2)
    else:
        print("skip idem compiling: no stage2 and cross/rv64 below OUT")
    tcc = compile_tcc(["jit", "auto"])
    if tcc:
        verdict("tcc compiling, jit/qemu", tcc["jit"] / tcc["qemu"], 0.6, 0.33)


def part_interp():
    verdict("integer kernels, interp/native", kernels(INTERP, "interp", 1)[0], 20, 8)
    if idems():
        own = compile_idem(["interp"], 1)
        verdict("idem compiling, interp/native", own["interp"] / own["native"], 30, 10)
        own = compile_whole(["interp"], 1)
        verdict("self-compilation in one process, interp/native", own["interp"] / own["native"], 35, 10)
    tcc = compile_tcc(["interp"], 1)
    if tcc:
        verdict("tcc compiling, interp/native", tcc["interp"] / tcc["native"], 30, 10)


def processes(cmd, status, times=100):
    """CPU seconds of a process, the mean of so many."""
    total, null = 0, os.open(os.devnull, os.O_RDWR)
    path = shutil.which(cmd[0])
    for _ in range(times):
        pid = os.posix_spawn(path, cmd, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1)])
        _, s, usage = os.wait4(pid, 0)
        if s != status << 8:
            sys.exit("%s: status %d" % (" ".join(cmd), s))
        total += usage.ru_utime + usage.ru_stime
    os.close(null)
    return total / times


def part_start():
    three, hello = os.path.join(TMP, "three"), os.path.join(TMP, "hello")
    src = os.path.join(ROOT, "tests/emu/input/three-instructions.S")
    execute([idem(), "cc", "-target", "rv64", "-nostdlib", "-static", src, "-o", three])
    with open(hello + ".c", "w") as f:
        f.write('#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n')
    execute(GCC + [hello + ".c", "-o", hello])
    for name, guest, status, aim in (("three instructions", three, 42, 0.3), ("static hello", hello, 0, 1.0)):
        best = {}
        for _ in range(RUNS):
            for how, cmd in (("qemu", QEMU), ("auto", emu("auto"))):
                t = processes(cmd + [guest], status)
                best[how] = min(best.get(how, t), t)
        verdict("start, %s, auto/qemu" % name, best["auto"] / best["qemu"], 0.2)
        verdict("start, %s, auto, ms" % name, best["auto"] * 1e3, None, aim)


def part_translate():
    if not idems():
        print("skip translate: no stage2 and cross/rv64 below OUT")
        return
    f = max(glob.glob(os.path.join(ROOT, "src/*/*.c")), key=os.path.getsize)
    cmd = emu("jit") + ["--stats", idems()[1]] + own_options([f], os.path.join(TMP, "a.o"))
    rates = []
    for _ in range(RUNS):
        p = subprocess.run(cmd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        m = re.search(rb"(\d+) instructions translated in (\d+) us", p.stderr)
        if not m:
            print("skip translate: this idem has no --stats")
            return
        rates.append(int(m.group(1)) / max(int(m.group(2)), 1))
    verdict("translated, M instructions/s", max(rates), 3, 10, more=True)


for p in ("gcc", GCC[0], QEMU[0]):
    if not have(p):
        sys.exit("no " + p)
parts = {"kernels": part_kernels, "floats": part_floats, "compilers": part_compilers, "interp": part_interp, "start": part_start,
         "translate": part_translate}
for part in sys.argv[1:] or parts:
    parts[part]()
done()
