"""Latency beside other kernels, in one run. By hand, with the kernels installed:

    .venv-tests/bin/python Tests/EndToEnd/latency.py swiftlet python3 xpython

Rounds alternate between the kernels, so that what else the machine does hits all of them; medians.
Every step is bounded: nan is a step that did not end, or that ended the kernel.
"""

import socket
import statistics
import sys
import time
from queue import Empty

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

ROUNDS = 5
CELLS = 40
NATIVE = {
    "swiftlet": "import torch\na = torch.ones(2000, 2000)\nprint('running')\nfor i in range(1000): a = a @ a * 0",
    "other": "print('running', flush=True)\nsum(range(10**12))",
}
LOOP = "print('running', flush=True)\nn = 0\nwhile True:\n  n += 1"
UPDATES = """from IPython.display import display
h = display({'text/plain': '0'}, raw=True, display_id=True)
for i in range(1000): h.update({'text/plain': str(i)}%s)"""


# Seconds after which a step of a kernel is given up, and counts as nan.
PATIENCE = 30
NAN = float("nan")


class Late(Exception):
    """A kernel did not answer in time, or ended."""


class Kernel:
    """A running kernel, and what it took to start it."""

    def __init__(self, name):
        self.name = name
        self.manager = KernelManager(kernel_name=name)
        began = time.perf_counter()
        self.manager.start_kernel()
        self.client = self.manager.blocking_client()
        # A client that connects too early tries again only after 100 ms: wait for the open port first.
        while not self.is_listening():
            if time.perf_counter() - began > PATIENCE or not self.manager.is_alive():
                self.manager.shutdown_kernel(now=True)
                raise Late(f"{name} does not listen")
            time.sleep(0.001)
        self.client.start_channels()
        while True:
            self.client.kernel_info()
            try:
                self.client.get_shell_msg(timeout=0.02)
                break
            except Empty:
                if time.perf_counter() - began > PATIENCE:
                    self.close()
                    raise Late(f"{name} does not answer") from None
        self.started = time.perf_counter() - began
        try:
            self.client.wait_for_ready(timeout=PATIENCE)
        except RuntimeError as error:
            self.close()
            raise Late(str(error)) from None

    def is_listening(self):
        with socket.socket() as probe:
            return probe.connect_ex((self.manager.ip, self.manager.shell_port)) == 0

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def get(self, channel, until):
        """A message; `Late` when none comes until then."""
        while True:
            try:
                return channel(timeout=min(1, max(0.001, until - time.monotonic())))
            except Empty:
                if time.monotonic() > until or not self.manager.is_alive():
                    raise Late(self.name) from None

    def reply(self, message, timeout=PATIENCE):
        until = time.monotonic() + timeout
        while True:
            reply = self.get(self.client.get_shell_msg, until)
            if reply["parent_header"].get("msg_id") == message:
                return reply

    def outputs(self, message):
        """All of iopub for this request, up to its idle."""
        until = time.monotonic() + PATIENCE
        while True:
            got = self.get(self.client.get_iopub_msg, until)
            if got["parent_header"].get("msg_id") != message:
                continue
            yield got
            if got["content"].get("execution_state") == "idle":
                return

    def drain(self, message):
        for _ in self.outputs(message):
            pass

    def timed(self, request):
        began = time.perf_counter()
        message = request()
        self.reply(message)
        seconds = time.perf_counter() - began
        self.drain(message)
        return seconds

    def run(self, code):
        """To the idle: everything has arrived."""
        began = time.perf_counter()
        message = self.client.execute(code)
        self.drain(message)
        self.reply(message)
        return time.perf_counter() - began

    def first_output(self):
        """From the request to the text of a `print`, while the cell still runs."""
        began = time.perf_counter()
        message = self.client.execute("import time\nprint('now', flush=True)\ntime.sleep(0.05)")
        seconds = NAN
        for got in self.outputs(message):
            if got["msg_type"] == "stream" and seconds != seconds:
                seconds = time.perf_counter() - began
        self.reply(message)
        return seconds

    def interrupt(self, code):
        """From the request to the reply of the cell; nan when it does not stop in 10 s, or dies."""
        message = self.client.execute(code)
        for got in self.outputs(message):
            if "running" in str(got["content"].get("text", "")):
                break
        time.sleep(0.3)
        began = time.perf_counter()
        self.manager.interrupt_kernel()
        self.reply(message, timeout=10)
        seconds = time.perf_counter() - began
        self.drain(message)
        return seconds

    def shutdown(self):
        """From the request to the end of the process."""
        began = time.perf_counter()
        self.client.shutdown()
        while self.manager.is_alive():
            if time.perf_counter() - began > 10:
                return NAN
            time.sleep(0.001)
        return time.perf_counter() - began

    def resident(self):
        with open(f"/proc/{self.manager.provisioner.pid}/status") as status:
            return next(int(l.split()[1]) / 1024 for l in status if l.startswith("VmRSS"))


def round_of(name, found):
    """Measures one kernel once. A step that fails is nan, and the next has a new kernel."""
    kernel = None

    def step(what, measured, times=1):
        nonlocal kernel
        for _ in range(times):
            try:
                kernel = kernel or Kernel(name)
                found.setdefault(what, []).append(measured(kernel))
            except (Late, OSError, StopIteration):
                found.setdefault(what, []).append(NAN)
                if kernel:
                    kernel.close()
                kernel = None
                return

    milliseconds = lambda measured: lambda kernel: measured(kernel) * 1e3  # noqa: E731
    step("start to kernel_info, ms", lambda kernel: kernel.started * 1e3)
    step("warm", lambda kernel: kernel.timed(lambda: kernel.client.execute("1+1")), 5)
    step("idle memory, MB", lambda kernel: kernel.resident())
    cells = CELLS // ROUNDS
    for what, request in [
        ("execute 1+1, ms", lambda kernel: kernel.client.execute("1+1")),
        ("complete, ms", lambda kernel: kernel.client.complete("pri", 3)),
        ("inspect, ms", lambda kernel: kernel.client.inspect("print", 3)),
    ]:
        step(what, milliseconds(lambda k, request=request: k.timed(lambda: request(k))), cells)
    step("first output, ms", milliseconds(Kernel.first_output), cells)
    step("10,000 prints, ms", milliseconds(lambda k: k.run("for i in range(10000): print(i)")))
    # Our handles show values, ipykernel's want to be told of raw bundles.
    updates = UPDATES % ("" if name == "swiftlet" else ", raw=True")
    step("1,000 updates, ms", milliseconds(lambda k: k.run(updates)))
    step("interrupt a loop, ms", milliseconds(lambda k: k.interrupt(LOOP)))
    native = NATIVE.get(name, NATIVE["other"])
    step("interrupt native work, ms", milliseconds(lambda k: k.interrupt(native)))
    step("shutdown, ms", milliseconds(Kernel.shutdown))
    if kernel:
        kernel.close()


def measure(names):
    results = {name: {} for name in names}
    for i in range(ROUNDS):
        for name in names:
            round_of(name, results[name])
            print(f"round {i + 1} of {ROUNDS}, {name}", file=sys.stderr, flush=True)
    print(f"{'':<28}" + "".join(f"{name:>14}" for name in names))
    for what in results[names[0]]:
        if what == "warm":
            continue
        # A step that failed in most rounds has no figure.
        medians = []
        for name in names:
            values = results[name].get(what, [])
            good = [value for value in values if value == value]
            medians.append(statistics.median(good) if len(good) * 2 > len(values) else NAN)
        print(f"{what:<28}" + "".join(f"{value:>14.2f}" for value in medians))


if __name__ == "__main__":
    installed = KernelSpecManager().find_kernel_specs()
    wanted = sys.argv[1:] or ["swiftlet", "python3", "xpython"]
    measure([name for name in wanted if name in installed or name == "python3"])
