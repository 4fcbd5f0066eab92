#!/usr/bin/env python3
"""hello.c to a static executable with musl: CPU time of idem against tcc with the same headers, start files and library."""
import os, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from common import *

src, exe = os.path.join(TMP, "hello.c"), os.path.join(TMP, "hello")
with open(src, "w") as f:
    f.write('#include <stdio.h>\nint main(void)\n{\n    printf("hello, world\\n");\n    return 0;\n}\n')
lib = "/usr/lib/x86_64-linux-musl"
tcc = ["tcc", "-static", "-nostdinc", "-nostdlib", "-I/usr/include/x86_64-linux-musl", "-I" + ROOT + "/rt/include", lib + "/crt1.o", lib + "/crti.o", src,
       lib + "/libc.a", lib + "/crtn.o", "-o", exe + ".tcc"]
cc = [idem(), "cc", src, "-o", exe + ".idem"]
for cmd in (tcc, cc):
    execute(cmd)
    execute([cmd[-1]], out=exe + ".out")
    with open(exe + ".out") as f:
        if f.read() != "hello, world\n":
            sys.exit("%s does not greet" % cmd[-1])
best = least_batch({"tcc": tcc, "idem": cc})
print("tcc %.2f ms, idem %.2f ms; executables of %d and %d bytes" % (best["tcc"] * 1e3, best["idem"] * 1e3, os.path.getsize(exe + ".tcc"), os.path.getsize(exe + ".idem")))
verdict("hello.c against tcc", best["idem"] / best["tcc"], 1.5, 0.7)
done()
