"""What asm.py and check.py share."""
import subprocess


def run(cmd, text=None):
    return subprocess.run(cmd, input=text, capture_output=True, text=True, errors="replace")


def verdict(name, bad, note=""):
    for line in bad[:12]:
        print("  " + line)
    if len(bad) > 12:
        print("  ... %d in all" % len(bad))
    print(("not ok " if bad else "ok ") + name + (" (%s)" % note if note else ""))
