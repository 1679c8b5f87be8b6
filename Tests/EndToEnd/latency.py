"""Latency beside other kernels, in one run. By hand, with the kernels installed:

    .venv-tests/bin/python Tests/EndToEnd/latency.py swiftlet python3 xpython

Rounds alternate between the kernels, so that what else the machine does hits all of them; medians.
"""

import socket
import statistics
import sys
import time

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


class Kernel:
    """A running kernel, and what it took to start it."""

    def __init__(self, name):
        self.name = name
        self.manager = KernelManager(kernel_name=name)
        began = time.perf_counter()
        self.manager.start_kernel()
        self.client = self.manager.blocking_client()
        # A client that connects too early tries again only after 100 ms: wait for the open port first.
        while socket.socket().connect_ex((self.manager.ip, self.manager.shell_port)) != 0:
            time.sleep(0.001)
        self.client.start_channels()
        while True:
            self.client.kernel_info()
            try:
                self.client.get_shell_msg(timeout=0.02)
                break
            except Exception:  # noqa: BLE001 - no reply yet
                continue
        self.started = time.perf_counter() - began
        self.client.wait_for_ready(timeout=60)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def reply(self, message, timeout=120):
        while True:
            reply = self.client.get_shell_msg(timeout=timeout)
            if reply["parent_header"].get("msg_id") == message:
                return reply

    def drain(self, message):
        """All of iopub up to the idle of this request."""
        while True:
            got = self.client.get_iopub_msg(timeout=120)
            if got["parent_header"].get("msg_id") != message:
                continue
            if got["content"].get("execution_state") == "idle":
                return

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

    def interrupt(self, code):
        """From the request to the reply of the cell; nan when it does not stop in 10 s."""
        message = self.client.execute(code)
        while True:
            got = self.client.get_iopub_msg(timeout=60)
            if "running" in str(got["content"].get("text", "")):
                break
        time.sleep(0.3)
        began = time.perf_counter()
        self.manager.interrupt_kernel()
        try:
            self.reply(message, timeout=10)
        except Exception:  # noqa: BLE001 - it does not stop
            return float("nan")
        seconds = time.perf_counter() - began
        self.drain(message)
        return seconds

    def resident(self):
        with open(f"/proc/{self.manager.provisioner.pid}/status") as status:
            return next(int(l.split()[1]) / 1024 for l in status if l.startswith("VmRSS"))


def measure(names):
    results = {name: {} for name in names}
    for _ in range(ROUNDS):
        for name in names:
            kernel = Kernel(name)
            found = {"start to kernel_info, ms": [kernel.started * 1e3]}
            for _ in range(5):
                kernel.timed(lambda: kernel.client.execute("1+1"))
            found["idle memory, MB"] = [kernel.resident()]
            cells = range(CELLS // ROUNDS)
            found["execute 1+1, ms"] = [
                kernel.timed(lambda: kernel.client.execute("1+1")) * 1e3 for _ in cells
            ]
            found["complete, ms"] = [
                kernel.timed(lambda: kernel.client.complete("pri", 3)) * 1e3 for _ in cells
            ]
            found["inspect, ms"] = [
                kernel.timed(lambda: kernel.client.inspect("print", 3)) * 1e3 for _ in cells
            ]
            found["10,000 prints, ms"] = [kernel.run("for i in range(10000): print(i)") * 1e3]
            # Our handles show values, ipykernel's want to be told of raw bundles.
            updates = UPDATES % ("" if name == "swiftlet" else ", raw=True")
            found["1,000 updates, ms"] = [kernel.run(updates) * 1e3]
            found["interrupt a loop, ms"] = [kernel.interrupt(LOOP) * 1e3]
            native = NATIVE.get(name, NATIVE["other"])
            found["interrupt native work, ms"] = [kernel.interrupt(native) * 1e3]
            kernel.close()
            for what, values in found.items():
                results[name].setdefault(what, []).extend(values)
    print(f"{'':<28}" + "".join(f"{name:>14}" for name in names))
    for what in results[names[0]]:
        medians = [statistics.median(results[name][what]) for name in names]
        print(f"{what:<28}" + "".join(f"{value:>14.2f}" for value in medians))


if __name__ == "__main__":
    installed = KernelSpecManager().find_kernel_specs()
    wanted = sys.argv[1:] or ["swiftlet", "python3", "xpython"]
    measure([name for name in wanted if name in installed or name == "python3"])
