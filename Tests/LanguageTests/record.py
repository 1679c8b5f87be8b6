"""Records what CPython prints for the scripts of the language's tests.

    /usr/bin/python3.11 Tests/LanguageTests/record.py [SCRIPT...]

For every `Scripts/<family>/<name>.py` (or the given ones) the output goes to `<name>.out` beside it.
A script that ends in an uncaught error has the last line of its traceback as the last line of the
output, without the suggestion that CPython adds behind a name: those are tested elsewhere.
"""

import os
import pathlib
import re
import subprocess
import sys

SCRIPTS = pathlib.Path(__file__).resolve().parent / "Scripts"


def record(script):
    done = subprocess.run(
        [sys.executable, "-B", "-W", "ignore", script.name],
        cwd=script.parent, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONHASHSEED": "0"})
    text = done.stdout
    if done.returncode != 0:
        last = done.stderr.rstrip("\n").split("\n")[-1]
        text += re.sub(r"\. Did you mean: '.*'\?$", "", last) + "\n"
    script.with_suffix(".out").write_text(text, encoding="utf-8")


def main():
    if sys.version_info[:2] != (3, 11):
        sys.exit("the expectations come from CPython 3.11")
    chosen = [pathlib.Path(name) for name in sys.argv[1:]] or sorted(SCRIPTS.rglob("*.py"))
    for script in chosen:
        record(script)
    print(f"{len(chosen)} scripts recorded with CPython {sys.version.split()[0]}")


main()
