"""PyTorch's side of the tensor workloads: reads one request a line, answers one line of JSON.

A request is {"name": ..., "seconds": ..., "threads": ...}: run the workload of that name for about
that long. The answer holds the wall and CPU seconds of each step. {"name": null} ends it.
"""

import json
import os
import sys
import time

os.environ["CUDA_VISIBLE_DEVICES"] = ""
import numpy as np
import torch
import torch.nn.functional as F


def uniform(seed, *shape):
    """The numbers of `Workload.uniform`: a 64-bit congruential generator's upper 24 bits."""
    n = int(np.prod(shape))
    mask = (1 << 64) - 1
    state = (seed * 2862933555777941757 + 3037000493) & mask
    with np.errstate(over="ignore"):
        powers = np.full(n, 6364136223846793005, dtype=np.uint64)
        np.multiply.accumulate(powers, out=powers)
        sums = np.concatenate([np.ones(1, np.uint64), powers[:-1]])
        np.add.accumulate(sums, out=sums)
        states = powers * np.uint64(state) + sums * np.uint64(1442695040888963407)
    u = (states >> np.uint64(40)).astype(np.float32) / np.float32(1 << 24)
    return torch.from_numpy(u.reshape(shape))


def grads(inputs):
    return [x.clone().requires_grad_() for x in inputs]


OPS = {
    "add": lambda x, y, r: x + y,
    "mul": lambda x, y, r: x * y,
    "div": lambda x, y, r: x / y,
    "bias_add": lambda x, y, r: x + r,
    "exp": lambda x, y, r: x.exp(),
    "log": lambda x, y, r: x.log(),
    "sqrt": lambda x, y, r: x.sqrt(),
    "tanh": lambda x, y, r: x.tanh(),
    "sigmoid": lambda x, y, r: x.sigmoid(),
    "relu": lambda x, y, r: x.relu(),
    "gelu": lambda x, y, r: F.gelu(x),
    "sum": lambda x, y, r: x.sum(),
    "mean_rows": lambda x, y, r: x.mean(1),
    "var_rows": lambda x, y, r: x.var(1),
    "softmax": lambda x, y, r: x.softmax(1),
    "log_softmax": lambda x, y, r: x.log_softmax(1),
    "matmul": lambda x, y, r: x @ y,
    "transpose_copy": lambda x, y, r: x.t().contiguous(),
    "cat": lambda x, y, r: torch.cat([x, y], 0),
    "index_select": lambda x, y, r: x.index_select(0, INDEX[x.shape[0]]),
}
INDEX = {}


def make(name):
    """A function that runs one step, and how many operations a step counts as."""
    if name.startswith("sgemm_"):
        n = int(name[6:])
        a, b, c = uniform(1, n, n) - 0.5, uniform(2, n, n) - 0.5, torch.empty(n, n)
        return (lambda: torch.mm(a, b, out=c)), 1
    if name == "eltwise":
        x, w, b = uniform(71, 4194304) * 4 - 2, uniform(72, 4194304) - 0.5, uniform(73, 4194304) - 0.5

        def chain():
            with torch.no_grad():
                F.dropout(F.gelu(x * w + b, approximate="tanh"), 0.1, training=True)

        return chain, 1
    if name == "op_overhead":
        x, y = (uniform(1, 32, 64) - 0.5).requires_grad_(), uniform(2, 32, 64) - 0.5

        def adds():
            for _ in range(1000):
                x + y

        return adds, 1000
    _, op, size, direction = name.split(".")
    n = {"cache": 128, "memory": 2048}[size]
    if op == "matmul":
        n = {"cache": 128, "memory": 1024}[size]
    INDEX[n] = torch.from_numpy((uniform(9, n).numpy() * n).astype(np.int64))
    x, y, r = uniform(1, n, n) + 0.25, uniform(2, n, n) + 0.25, uniform(3, n) + 0.25
    function = OPS[op]
    times = 20 if size == "cache" else 1
    if direction == "forward":

        def forward():
            with torch.no_grad():
                for _ in range(times):
                    function(x, y, r)

        return forward, times
    x, y, r = grads([x, y, r])
    g = torch.ones_like(function(x, y, r)).detach()

    def both():
        for _ in range(times):
            x.grad = y.grad = r.grad = None
            function(x, y, r).backward(g)

    return both, times


def main():
    steps = {}
    for line in sys.stdin:
        request = json.loads(line)
        name = request["name"]
        if name is None:
            return
        torch.set_num_threads(request["threads"])
        if name not in steps:
            steps.clear()
            steps[name] = make(name)
            for _ in range(3):
                steps[name][0]()
        step, times = steps[name]
        wall, cpu = [], []
        end = time.perf_counter() + request["seconds"]
        while len(wall) < 3 or time.perf_counter() < end:
            c, t = time.process_time(), time.perf_counter()
            step()
            wall.append((time.perf_counter() - t) / times)
            cpu.append((time.process_time() - c) / times)
        print(json.dumps({"wall": wall, "cpu": cpu}), flush=True)


main()
