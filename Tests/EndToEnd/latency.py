"""Start and round trip beside ipykernel, in one run. By hand:

    .venv-tests/bin/python Tests/EndToEnd/latency.py swiftlet python3
"""

import socket
import statistics
import sys
import time

from jupyter_client.manager import KernelManager

STARTS = 7
CELLS = 200


def start(name):
    """Seconds from starting the process to the first kernel_info_reply; the running kernel."""
    manager = KernelManager(kernel_name=name)
    began = time.perf_counter()
    manager.start_kernel()
    client = manager.blocking_client()
    # A client that connects too early tries again only after 100 ms: wait for the open port first.
    while socket.socket().connect_ex((manager.ip, manager.shell_port)) != 0:
        time.sleep(0.001)
    client.start_channels()
    while True:
        client.kernel_info()
        try:
            client.get_shell_msg(timeout=0.02)
            break
        except Exception:  # noqa: BLE001 - no reply yet
            continue
    return time.perf_counter() - began, manager, client


def round_trip(client):
    began = time.perf_counter()
    message = client.execute("1+1")
    while client.get_shell_msg(timeout=10)["parent_header"].get("msg_id") != message:
        pass
    return time.perf_counter() - began


def measure(names):
    starts = {name: [] for name in names}
    trips = {name: [] for name in names}
    for _ in range(STARTS):
        for name in names:
            seconds, manager, client = start(name)
            starts[name].append(seconds)
            client.wait_for_ready(timeout=30)
            for _ in range(10):
                round_trip(client)
            trips[name] += [round_trip(client) for _ in range(CELLS // STARTS)]
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    print(f"{'kernel':<12}{'start to kernel_info_reply':>28}{'round trip of 1+1':>20}")
    for name in names:
        print(
            f"{name:<12}{statistics.median(starts[name]) * 1e3:>25.0f} ms"
            f"{statistics.median(trips[name]) * 1e3:>17.2f} ms"
        )


if __name__ == "__main__":
    measure(sys.argv[1:] or ["swiftlet", "python3"])
