"""The three large inputs of compile.py and memory.py, made in a folder; each is (name, file, options). All are compiled from what
is a real translation unit, headers included:
  own      the largest room of idem itself, as one unit: every file of src/cc in order (names of static things that two files have are
           kept apart by macros)
  csmith   a program of csmith 2.3, seed 2026, with its headers: deep expressions, many globals
  lua      Lua's core, library and interpreter of Debian's package lua5.4 as one unit, in the manner of its author's onelua.c"""
import glob, os, re, subprocess, sys
from common import ROOT, TMP, have

MUSL = "/usr/include/x86_64-linux-musl"
LUA = "lzio lctype lopcodes lmem lundump ldump lstate lgc llex lcode lparser ldebug lfunc lobject ltm lstring ltable ldo lvm lapi " \
      "lauxlib lbaselib lcorolib ldblib liolib lmathlib loadlib loslib lstrlib ltablib lutf8lib linit lua"


def own():
    """A unit of every file of src/cc."""
    files = sorted(glob.glob(os.path.join(ROOT, "src/cc/*.c")))
    names, text = {}, []
    for f in files:
        with open(f) as s:
            src = s.read()
        found = set(re.findall(r"^static[^=;{}]*?\b(\w+)(?:\[[^=;]*\])*\s*(?:\(|=|;)", src, re.M)) | set(re.findall(r"^} (\w+);", src, re.M))
        found |= set(re.findall(r"^typedef struct (\w+)", src, re.M)) | set(re.findall(r"^#define (\w+)", src, re.M))
        found |= set(re.findall(r"^(?:typedef )?(?:struct|enum|union) (\w+) \{", src, re.M))
        for e in re.findall(r"^(?:typedef )?enum \w* ?\{([^}]*)\}", src, re.M):
            found |= set(re.findall(r"\b([A-Z]\w+)\b(?=\s*[,=\n}]|$)", e))
        for n in found:
            names.setdefault(n, []).append(f)
        text.append((f, src, found))
    out = []
    for f, src, found in text:
        clash = sorted(n for n in found if len(names[n]) > 1 and n not in ("c", "s"))
        macros = {n for n in clash if re.search(r"^#define %s\b" % n, src, re.M)}
        tag = os.path.basename(f)[:-2]
        out += ["#define %s %s_in_%s" % (n, n, tag) for n in clash if n not in macros]
        out.append('#include "cc/%s"' % os.path.basename(f))
        out += ["#undef " + n for n in clash] + ["#undef %s" % n for n in sorted(re.findall(r"^#define (\w+)", src, re.M))]
    path = os.path.join(TMP, "own.c")
    with open(path, "w") as s:
        s.write("\n".join(out) + "\n")
    return ("own", path, ["-std=c11", "-ffreestanding", "-nostdinc", "-I" + ROOT + "/rt/include", "-I" + ROOT + "/src", "-I" + ROOT,
                          "-I" + ROOT + "/arch/x64"])


def csmith():
    include = next((d for d in glob.glob("/usr/include/csmith*") if os.path.isdir(d)), None)
    if not have("csmith") or not include:
        return None
    path = os.path.join(TMP, "csmith.c")
    subprocess.run(["csmith", "--seed", "2026", "--max-funcs", "60", "--no-float", "--no-packed-struct", "--output", path], check=True, stdout=subprocess.DEVNULL)
    return ("csmith", path, ["-I" + include, "-nostdinc", "-I" + ROOT + "/rt/include", "-I" + MUSL, "-w"])


def lua():
    src = os.path.join(os.environ.get("SOURCES", ""), "lua5.4/src")
    if not os.path.isdir(src):
        try:
            subprocess.run(["sh", os.path.join(ROOT, "tests/programs/fetch.sh"), TMP, "lua5.4"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except subprocess.CalledProcessError:
            return None
        src = os.path.join(TMP, "lua5.4/src")
    path = os.path.join(TMP, "onelua.c")
    with open(path, "w") as s:
        s.write("#define LUA_CORE\n#define LUA_LIB\n#define ltable_c\n#define lvm_c\n#include \"lprefix.h\"\n#include <assert.h>\n#include \"luaconf.h\"\n")
        s.write("#undef LUAI_FUNC\n#undef LUAI_DDEC\n#undef LUAI_DDEF\n#define LUAI_FUNC static\n#define LUAI_DDEC(def)\n#define LUAI_DDEF static\n")
        s.write("".join('#include "%s.c"\n' % n for n in LUA.split()))
    return ("lua", path, ["-I" + src, "-nostdinc", "-I" + ROOT + "/rt/include", "-I" + MUSL, "-w"])


def make():
    found = []
    for f in (own, csmith, lua):
        i = f()
        if i:
            found.append(i)
        else:
            print("skip input %s: cannot be had here" % f.__name__)
    return found


def lines(cc, name, path, options):
    """Lines of the unit that are neither empty nor markers, headers included."""
    p = subprocess.run([cc, "cc", "-E", "-P"] + options + [path], stdout=subprocess.PIPE, check=True)
    return sum(1 for l in p.stdout.splitlines() if l.strip())


if __name__ == "__main__":
    for i in make():
        print(i)
