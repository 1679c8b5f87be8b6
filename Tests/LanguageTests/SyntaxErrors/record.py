"""Records what CPython says of the programs in `programs.txt`, one a line (`\\n` for a line end).

    /usr/bin/python3.11 Tests/LanguageTests/SyntaxErrors/record.py

Each line of `cpython.txt` is `class|message|line:column` (columns from 1), or `accepted`.
"""

import pathlib
import sys
import warnings

FOLDER = pathlib.Path(__file__).resolve().parent


def answer(program):
    try:
        compile(program + "\n", "<test>", "exec")
        return "accepted"
    except SyntaxError as error:
        return f"{type(error).__name__}|{error.msg}|{error.lineno}:{error.offset}"


def main():
    if sys.version_info[:2] != (3, 11):
        sys.exit("the expectations come from CPython 3.11")
    warnings.simplefilter("ignore")
    lines = (FOLDER / "programs.txt").read_text(encoding="utf-8").split("\n")
    answers = [answer(line.replace("\\n", "\n").replace("\\t", "\t")) for line in lines if line]
    head = f"# CPython {sys.version.split()[0]}: record.py"
    (FOLDER / "cpython.txt").write_text("\n".join([head] + answers) + "\n", encoding="utf-8")


main()
