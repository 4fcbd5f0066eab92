"""Checks the sources against the house's rules; prints `ok RULE` or `not ok RULE` and what breaks it. Usage: lint.py OBJDIR
(a folder of objects made by tests/dev.sh, for the rules about symbols; without it those rules are left out)."""
import os, re, subprocess, sys

ROOMS = ("base", "pp", "cc", "ir", "opt", "gen", "as", "obj", "ld", "jit", "emu", "wasm", "tool")

# Who may include whom. "arch" is the contract arch/arch.h and arch/targets.c, "target" a folder arch/<t>.
CORE = {"rt", "base", "arch"}
MAY = {
    "rt": {"rt"},
    "base": {"rt", "base"},
    "arch": {"rt", "base", "arch", "obj", "ir", "gen"},
    "obj": CORE | {"obj"},
    "ir": CORE | {"ir"},
    "pp": CORE | {"pp"},
    "cc": CORE | {"pp", "ir", "cc"},
    "opt": CORE | {"ir", "opt"},
    "gen": CORE | {"ir", "obj", "gen"},
    "target": CORE | {"obj", "ir", "gen", "target", "ld/ld_target.h", "as/as_target.h"},
    "as": CORE | {"obj", "as", "pp"},
    "ld": CORE | {"obj", "ld"},
    "jit": CORE | {"obj", "ir", "gen", "ld", "jit"},
    "emu": CORE | {"ir", "jit", "emu", "guest"},
    "wasm": CORE | {"ir", "jit", "wasm"},
    "idem": CORE | set(ROOMS) - {"tool"} | {"idem"},
    "tool": CORE | set(ROOMS) | {"idem"},
}

# What exported names of a room begin with.
PREFIX = {
    "rt": ("rt_", "mem", "str", "_start", "main", "__"), # __: the names of libgcc (rt/helpers.c)
    "base": ("base_", "arena_", "buf_", "vec_", "map_", "hash_", "lists_", "intern_", "src_", "diag_", "utf8_", "sha256_", "bits_", "sf_", "big_"),
    "cc": ("cc_", "ty_", "lw_"),
    "obj": ("obj_", "elf_", "ar_"),
    "ir": ("ir_",), "pp": ("pp_",), "opt": ("opt_",), "gen": ("gen_",), "as": ("as_",), "ld": ("ld_",), "jit": ("jit_",),
    "emu": ("emu_",), "wasm": ("wasm_",), "tool": ("tool_", "main"), "idem": ("idem_",), "arch": ("arch_", "target"),
}

TARGET_WORD = re.compile(r"\b(x64|x86|x86_64|amd64|i386|aa64|aarch64|arm64|rv64|riscv|riscv64)\w*", re.I)
FREESTANDING = {"stdarg.h", "stdbool.h", "stddef.h", "stdint.h"}
HOST_MACRO = re.compile(r"^\s*#\s*(?:el)?if.*\b(__x86_64__|__aarch64__|__riscv\w*|__linux__|__GNUC__|__clang__|__TINYC__|_WIN32|__APPLE__)")
DIALECT = [
    (r"\b(float|double|long\s+double)\b", "floating point"),
    (r"(?<![\w.])(\d+\.\d*|\.\d+|\d+[eE][+-]?\d+)(?!\w)", "a floating constant"),
    (r"\b_(Generic|Static_assert|Thread_local|Atomic|Complex|Alignas)\b", "a word outside the dialect"),
    (r"\b(__int128|__attribute__|__extension__|__asm__|asm|typeof|__typeof__|alloca|__auto_type)\b", "a GNU extension"),
    (r"\b__builtin_\w+", "a builtin"),
    (r"^\s*(?:const\s+)?(?:unsigned|signed|int|uint\d+_t|int\d+_t|bool)(?:\s+\w+)?\s*:\s*\d+\s*[,;]", "a bit-field"),
    (r"\bgoto\s*\*", "a computed goto"),
    (r"=\s*&&\s*\w", "a label's address"),
    (r"\(\{", "a statement expression"),
    (r"(?<!static )(?<!define )\binline\b", "inline that is not static inline"),
    (r"\?\s*:", "?: without a middle"),
    (r"\bcase\s+[\w']+\s*\.\.\.", "a case range"),
]

WIDTH = 140                    # 120 is what is wanted, this is the wall
bad = {}


def report(rule, where, what):
    bad.setdefault(rule, []).append("%s: %s" % (where, what))


def room_of(path):
    part = path.split("/")
    if part[0] == "rt":
        return "rt"
    if part[0] == "arch":
        return "target" if len(part) == 3 else "arch"
    return part[1] if len(part) == 3 else "idem"


def room_of_include(name, room):
    if name == "sys.def" and room in ("rt", "emu"):
        return room
    if room == "emu" and name in ("arch/rv64/rv64.h", "arch/rv64/sys.def", "obj/elf.h", "as/as_target.h"):
        return "guest"         # its guest's instructions, their text, its calls, and the file format they come in
    if name in ("ld/ld_target.h", "as/as_target.h"):
        return name if room == "target" else name.split("/")[0]
    if name == "idem.h":
        return "idem"
    first = name.split("/")[0]
    if first == "arch":
        return "target" if name.count("/") == 2 else "arch"
    return first


def strip(text):
    """The text without comments and with empty strings, line for line."""
    def gap(m):
        s = m.group(0)
        if s[0] in "\"'":
            return s[0] + s[0]
        return " " + "\n" * s.count("\n")
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', gap, text, flags=re.S)


def sources():
    for top in ("rt", "src", "arch", "stage0"):
        for d, dirs, names in os.walk(top):
            dirs.sort()
            for n in sorted(names):
                if n.endswith((".c", ".h", ".S", ".def")):
                    yield os.path.join(d, n)


def check_layers(path, text):
    room = room_of(path)
    for n, line in enumerate(text.split("\n"), 1):
        m = re.match(r'\s*#\s*include\s*([<"])([^>"]+)', line)
        if not m:
            continue
        if m.group(1) == "<":
            if m.group(2) not in FREESTANDING or path not in ("rt/rt.h", "src/idem.h"):
                report("no-libc", "%s:%d" % (path, n), "includes <%s>" % m.group(2))
        else:
            other = room_of_include(m.group(2), room)
            if path == "rt/helpers.c" and m.group(2) == "base/softfloat.h":
                continue       # told at the file's head
            if other not in MAY.get(room, ()):
                report("layers", "%s:%d" % (path, n), "%s may not include %s" % (room, m.group(2)))


def check_text(path, text):
    lines = text.split("\n")
    if not text.endswith("\n"):
        report("text", path, "no newline at its end")
    if len(lines) > 1001 and not path.endswith(".def") and "1,000 lines" not in "\n".join(lines[:15]):
        report("size", path, "%d lines and no reason at its top ('over 1,000 lines: ...')" % (len(lines) - 1))
    if not text.lstrip().startswith("/*"):
        report("text", path, "does not open with a comment that says its job")
    for n, line in enumerate(lines, 1):
        where = "%s:%d" % (path, n)
        if len(line) > WIDTH and not path.endswith(".def"):
            report("text", where, "%d columns" % len(line))
        if "\t" in line:
            report("text", where, "a tab")
        if line != line.rstrip():
            report("text", where, "space at the end of a line")
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line):
            report("unfinished", where, line.strip())


def check_dialect(path, code):
    room = room_of(path)
    for n, line in enumerate(code.split("\n"), 1):
        where = "%s:%d" % (path, n)
        if not re.match(r"\s*#\s*include", line):
            for pattern, what in DIALECT:
                if re.search(pattern, line):
                    report("dialect", where, what + ": " + line.strip()[:80])
        if room not in ("rt", "target", "arch") and HOST_MACRO.match(line):
            report("dialect", where, "asks for a host: " + line.strip())
        if path.startswith("src/") and room != "emu":
            m = TARGET_WORD.search(line)
            if m and not re.search(r"\bEM_" + m.group(0).upper(), line):
                report("no-target", where, "names a target: " + line.strip()[:80])


# Functions that make IR: two of them among the arguments of one call come in an order that the seed chooses (6.5.2.2p10), and so would
# the code we make.
BUILDER = re.compile(r"\b(ir_(?!int\b|flt\b|is_|const\b|open\b|type_)\w+|lw_(?!type\b|mem\b)\w+|arg|narrow|call)\s*\(")


def arguments(text, at):
    """Those of the call whose parenthesis stands at `at`."""
    depth, start, found = 0, at + 1, []
    for k in range(at, len(text)):
        c = text[k]
        if c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
            if not depth:
                return found + [text[start:k]]
        elif c == "," and depth == 1:
            found.append(text[start:k])
            start = k + 1
    return found


def check_order(path, text):
    if not path.startswith("src/cc/lower") or not path.endswith(".c"):
        return
    text = re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group(0)), text, flags=re.S)
    for m in re.finditer(r"\b(?!if|while|for|switch|return|sizeof)\w+\s*\(", text):
        if sum(1 for a in arguments(text, m.end() - 1) if BUILDER.search(a)) > 1:
            report("order", "%s:%d" % (path, text.count("\n", 0, m.start()) + 1), "arguments whose order shows in the code made")


def check_symbols(objects):
    for name in sorted(os.listdir(objects)):
        if not name.endswith(".o") or not name.startswith(("rt_", "src_", "arch_")):
            continue
        path = name[:-2]
        top, rest = path.split("_", 1)
        folder = top + "/" + (rest.split("_", 1)[0] if top != "rt" and "_" in rest else "")
        room = "rt" if top == "rt" else rest.split("_", 1)[0] if "_" in rest else "idem" if top == "src" else "arch"
        prefixes = PREFIX.get(room, (room + "_",))
        if path.endswith((".S",)):
            prefixes = PREFIX["rt"] + (room + "_",)
        elif top == "arch" and room not in PREFIX:
            prefixes = (room + "_", "target_" + room)
        for line in subprocess.run(["nm", "-g", "--defined-only", objects + "/" + name], capture_output=True,
                                   text=True).stdout.splitlines():
            symbol = line.split()[-1]
            if not symbol.startswith(tuple(prefixes)):
                report("prefixes", path, "exports '%s' (wants %s)" % (symbol, " ".join(prefixes)))
        if room in ("rt", "tool"):
            continue
        for line in subprocess.run(["objdump", "-t", objects + "/" + name], capture_output=True,
                                   text=True).stdout.splitlines():
            m = re.match(r"[0-9a-f]{16} (.{7}) (\.data|\.bss|\*COM\*)(\.\S*)?\s+([0-9a-f]+)\s+(\S+)", line)
            if m and not (m.group(3) or "").startswith(".rel.ro") and int(m.group(4), 16) and m.group(1)[5] != "d":
                report("no-mutable-globals", path, m.group(5))


SHARED = 10                    # lines of code that two targets may have alike


def code_lines(path):
    """Numbered lines with something in them, the target's own names made alike."""
    with open(path, encoding="utf-8") as f:
        text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group(0).count("\n"), f.read(), flags=re.S)
    for n, line in enumerate(text.splitlines(), 1):
        line = re.sub(r"\b(?:x64|rv64|aa64|rv|aa)_?", "T_", line.strip(), flags=re.I)
        if len(re.sub(r"[{}();\s]", "", line)) > 3 and not line.startswith("#include"):
            yield n, line


def check_shared(least=6):
    """Blocks that stand in two targets' folders: those of `least` lines and more are listed, long ones are not allowed: they move up."""
    seen, files = {}, {}
    for path in sorted(p for p in sources() if re.match(r"arch/\w+/\w+\.[ch]$", p)):
        files[path] = list(code_lines(path))
        for i in range(len(files[path]) - least + 1):
            key = "\n".join(line for _, line in files[path][i:i + least])
            seen.setdefault(key, []).append((path, i))
    done = set()
    for places in seen.values():
        for a, i in places:
            for b, k in places:
                if a.split("/")[1] >= b.split("/")[1] or (a, b, i, k) in done:
                    continue
                n = 0
                while i + n < len(files[a]) and k + n < len(files[b]) and files[a][i + n][1] == files[b][k + n][1]:
                    done.add((a, b, i + n, k + n))
                    n += 1
                back = i and k and files[a][i - 1][1] == files[b][k - 1][1]
                if not back:
                    where = "%s:%d" % (a, files[a][i][0])
                    what = "%d lines stand in %s:%d too" % (n, b, files[b][k][0])
                    if n > SHARED:
                        report("shared", where, what)
                    else:
                        print("  %s: %s" % (where, what))


def main():
    rules = ["layers", "no-libc", "text", "size", "unfinished", "dialect", "no-target", "order", "shared"]
    for path in sources():
        with open(path, encoding="utf-8") as f:
            text = f.read()
        check_text(path, text)
        check_order(path, text)
        if path.startswith(("rt/include/", "stage0/")) or path.endswith(".S"):
            continue
        code = strip(text)
        check_layers(path, text)
        if not path.endswith(".def"):
            check_dialect(path, code)
    check_shared()
    if len(sys.argv) > 1:
        rules += ["prefixes", "no-mutable-globals"]
        check_symbols(sys.argv[1])
    for r in rules:
        for line in bad.get(r, [])[:40]:
            print("  " + line)
        if len(bad.get(r, [])) > 40:
            print("  ... %d in all" % len(bad[r]))
        print(("not ok " if bad.get(r) else "ok ") + r)
    sys.exit(1 if bad else 0)


main()
