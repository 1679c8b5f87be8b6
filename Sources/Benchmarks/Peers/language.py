"""CPython's side of the language's programs: reads one request a line, answers one line of JSON.

A request is {"name": "language.NAME", "seconds": ..., "threads": ...}: run Programs/NAME.py again and
again for about that long. The answer holds the wall and CPU seconds of each run.
"""

import contextlib
import io
import json
import pathlib
import sys
import time

PROGRAMS = pathlib.Path(__file__).resolve().parent.parent / "Programs"


def measure(name, seconds):
    text = (PROGRAMS / (name.split(".")[1] + ".py")).read_text()
    wall, cpu = [], []
    end = time.perf_counter() + seconds
    while len(wall) < 3 or time.perf_counter() < end:
        start, start_cpu = time.perf_counter(), time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(text, name, "exec"), {"__name__": "__main__"})
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - start_cpu)
    return {"wall": wall, "cpu": cpu}


for line in sys.stdin:
    request = json.loads(line)
    if request["name"] is None:
        break
    print(json.dumps(measure(request["name"], request["seconds"])), flush=True)
