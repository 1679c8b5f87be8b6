"""Resident memory over many cells and many restarts. By hand:

    .venv-tests/bin/python Tests/EndToEnd/soak.py [EXECUTES [RESTARTS]]

Prints the memory as it goes, and fails if it grows by more than 5 % after the warm-up.
"""

import sys
import time

from session import Session

CELLS = [
    "x = [i * i for i in range(100)]\nsum(x)",
    "print('line', 1)",
    "class A:\n  def __init__(self): self.me = self\na = A()",
    "d = {str(i): i for i in range(50)}\nlen(d)",
    "1 / 0",
    "import torch\nt = torch.ones(32, 32)\n(t @ t).sum()",
    "display({'text/plain': 'shown'}, raw=True)",
    "def f(n):\n  return 1 if n == 0 else n * f(n - 1)\nf(20)",
]


def resident(pid):
    """Megabytes."""
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    return 0.0


def executes(count):
    session = Session("swiftlet")
    warm = None
    began = time.monotonic()
    for i in range(count):
        message = session.client.execute(CELLS[i % len(CELLS)], stop_on_error=False)
        session.reply(message, timeout=60)
        while True:  # what is not read would only fill this process
            try:
                session.client.get_iopub_msg(timeout=0)
            except Exception:  # noqa: BLE001 - nothing there
                break
        # What is kept of the last ten thousands of cells (texts, marks against replays) has come by then.
        if i + 1 == count * 3 // 10:
            warm = resident(session.pid)
        if (i + 1) % max(1, count // 10) == 0:
            rate = (i + 1) / (time.monotonic() - began)
            print(f"{i + 1:>8} cells  {resident(session.pid):>8.1f} MB  {rate:.0f} cells/s", flush=True)
    end = resident(session.pid)
    session.close()
    print(f"after the warm-up {warm:.1f} MB, at the end {end:.1f} MB: {(end / warm - 1) * 100:+.1f} %")
    assert end < warm * 1.05, "the kernel grows"


def restarts(count):
    session = Session("swiftlet")
    sizes = []
    began = time.monotonic()
    for i in range(count):
        session.manager.restart_kernel(now=False)
        session.client.wait_for_ready(timeout=60)
        assert session.run("1 + 1").result == "2"
        sizes.append(resident(session.pid))
    session.close()
    seconds = (time.monotonic() - began) / max(1, count)
    print(f"{count} restarts, {seconds * 1000:.0f} ms each, {min(sizes):.1f} to {max(sizes):.1f} MB")


if __name__ == "__main__":
    numbers = [int(a) for a in sys.argv[1:]]
    executes(numbers[0] if numbers else 200_000)
    restarts(numbers[1] if len(numbers) > 1 else 1_000)
