"""Records what CPython 3.11 answers to each unit of the Starlark conformance suite.

    /usr/bin/python3.11 Tests/LanguageTests/Starlark/record.py

The suite is Debian's package golang-starlark-dev; it is read where it is installed, and nothing of
its text is kept here. A file is split into chunks at the lines `---`, as the suite's convention says:
each chunk is a program of its own. A chunk is split into units, its statements at the top level.
`prelude.py` runs before each chunk; each of its assertions writes a line. `units.txt` gets a row for
each unit: its first and last line, how many of its expectations CPython shares with Starlark, and a
digest of all that it wrote, error included. Those with which CPython disagrees have their row as
well: the answer is CPython's then.

    FOLDER [OUTPUT-FOLDER]     other suites of the same form, for a look by hand:
                               writes the transcripts instead of digests
"""

import ast
import io
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys
from contextlib import redirect_stdout

HERE = pathlib.Path(__file__).resolve().parent
SUITE = pathlib.Path("/usr/share/gocode/src/go.starlark.net")
FILES = [
    "starlark/testdata/*.star", "starlarkstruct/testdata/*.star", "resolve/testdata/*.star",
    "syntax/testdata/*.star",
]
SECONDS_A_UNIT = 3
BYTES = 3 << 30

EXPECTED = "###"


def digest(text):
    """FNV-1a over UTF-8, 64 bits: also a few lines of Swift."""
    result = 0xCBF29CE484222325
    for byte in text.encode("utf-8", "surrogatepass"):
        result = (result ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{result:016x}"


def chunks(text):
    """(number of the first line, lines) of each chunk."""
    start, lines = 1, []
    for number, line in enumerate(text.split("\n"), 1):
        if re.fullmatch(r"---\s*", line):
            yield start, lines
            start, lines = number + 1, []
        else:
            lines.append(line)
    yield start, lines


def parses(lines):
    try:
        ast.parse("\n".join(lines))
        return True
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def python(text):
    """The suite's name `assert` is a keyword of Python."""
    return re.sub(r"\bassert\b", "assert_", text)


def units(start, lines):
    """(first, last) line of each statement at the top level of a chunk."""
    lines = [python(line) for line in lines]
    if parses(lines):
        result = []
        for node in ast.parse("\n".join(lines)).body:
            first = min([node.lineno] + [d.lineno for d in getattr(node, "decorator_list", [])])
            if result and first <= result[-1][1]:
                result[-1] = (result[-1][0], node.end_lineno)
            else:
                result.append((first, node.end_lineno))
        # An expectation may stand behind the end of a statement: still the same line.
        return [(start + a - 1, start + b - 1) for a, b in result]
    # Something in it is no Python: a unit begins at each line that is not indented, and is drawn
    # out as long as it takes to be whole.
    heads = [i for i, line in enumerate(lines) if re.match(r"[^\s#)\]}]", line)
             and not re.match(r"(else|elif|except|finally)\b", line)]
    result, index = [], 0
    while index < len(heads):
        for stop in range(index + 1, min(index + 40, len(heads)) + 1):
            end = heads[stop] if stop < len(heads) else len(lines)
            if parses(lines[heads[index]:end]):
                break
        else:
            stop = index + 1
            end = heads[stop] if stop < len(heads) else len(lines)
        while end > heads[index] + 1 and re.fullmatch(r"\s*(#.*)?", lines[end - 1]):
            end -= 1
        result.append((start + heads[index], start + end - 1))
        index = stop
    return result


class TooLong(BaseException):
    pass


def give_up(*_):
    raise TooLong


def error_line(error, name):
    if isinstance(error, SyntaxError):
        return error.lineno or 0
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def error_text(error):
    # How much a request would have taken is said here, and not by CPython.
    if isinstance(error, MemoryError):
        return "MemoryError"
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{type(error).__name__}: {message}"


def run(text, first, name, names, lines):
    """What a unit writes, its error last; None when it does not end."""
    output = io.StringIO()
    signal.setitimer(signal.ITIMER_REAL, SECONDS_A_UNIT)
    try:
        with redirect_stdout(output):
            try:
                exec(compile("\n" * (first - 1) + text, name, "exec"), names)
            except Exception as error:
                line = error_line(error, name)
                expected = 0 < line <= len(lines) and EXPECTED in lines[line - 1]
                print("\x02agrees" if expected else "\x02differs", "raises", line,
                      error_text(error))
    except TooLong:
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return re.sub(r"0x[0-9a-f]+", "0x", output.getvalue())


def answers(path, name):
    """(chunk, first, last, transcript) of each unit of a file."""
    text = path.read_text(encoding="utf-8")
    prelude = (HERE / "prelude.py").read_text(encoding="utf-8")
    lines = text.split("\n")
    for number, (start, chunk) in enumerate(chunks(text), 1):
        names = {"__name__": "__main__"}
        exec(compile(prelude, "prelude.py", "exec"), names)
        for first, last in units(start, chunk):
            unit = python("\n".join(lines[first - 1:last]))
            yield number, first, last, run(unit, first, name, names, lines)


def agreed(transcript):
    return sum(line.startswith("\x02agrees") for line in transcript.split("\n"))


def main():
    if sys.version_info[:2] != (3, 11):
        sys.exit("the expectations come from CPython 3.11")
    if os.environ.get("PYTHONHASHSEED") != "0":
        # The order of strings in a set must not change from one recording to the next.
        os.execve(sys.executable, [sys.executable, "-W", "ignore", *sys.argv],
                  {**os.environ, "PYTHONHASHSEED": "0"})
    if not SUITE.is_dir():
        sys.exit(f"{SUITE} is missing: apt-get install golang-starlark-dev")
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    signal.signal(signal.SIGALRM, give_up)
    if len(sys.argv) > 1:
        look(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
        return
    version = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", "golang-starlark-dev"],
        capture_output=True, encoding="utf-8").stdout
    rows, shared, count = [], 0, 0
    for path in sorted(found for pattern in FILES for found in SUITE.glob(pattern)):
        name = path.relative_to(SUITE).as_posix()
        rows.append(f"file {name} {digest(path.read_text(encoding='utf-8'))}")
        for chunk, first, last, transcript in answers(path, name):
            if transcript is None:
                continue
            rows.append(f"{chunk} {first} {last} {agreed(transcript)} {digest(transcript)}")
            shared += agreed(transcript)
            count += 1
    head = [
        "# What CPython answers to the units of the Starlark suite: made by record.py, see there.",
        f"# golang-starlark-dev {version}, CPython {sys.version.split()[0]}",
        "# file NAME DIGEST, then rows: CHUNK FIRST LAST EXPECTATIONS-SHARED DIGEST-OF-TRANSCRIPT",
        f"units {count} shared {shared}",
    ]
    (HERE / "units.txt").write_text("\n".join(head + rows) + "\n", encoding="utf-8")
    print(f"{count} units recorded, {shared} expectations shared by CPython and Starlark")


def look(folder, output):
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".star", ".bzl", ".sky") or not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        target = output / (name + ".txt")
        target.parent.mkdir(parents=True, exist_ok=True)
        parts = []
        for chunk, first, last, transcript in answers(path, name):
            if transcript is not None:
                parts.append(f"\x01{chunk} {first} {last}\n{transcript}")
        target.write_text("".join(parts), encoding="utf-8", errors="surrogatepass")


main()
