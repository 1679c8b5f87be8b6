"""Records what PyTorch and NumPy give, for GoldenTests.swift.

    python3 -m venv torchvenv && torchvenv/bin/pip install torch numpy
    torchvenv/bin/python generate.py

Writes operations.json, random.json and printing.json beside this file. Numbers are written as text
that reads back to the same value.
"""
import json
import os

import numpy as np
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
torch.manual_seed(20)
torch.set_num_threads(1)


def text(x):
    if x.dtype == torch.bool:
        return " ".join("1" if v else "0" for v in x.reshape(-1).tolist())
    if x.dtype == torch.float32:
        return " ".join(str(v) for v in x.reshape(-1).numpy())  # the shortest that reads back
    return " ".join(repr(v) for v in x.reshape(-1).tolist())


def pack(x):
    x = x.detach()
    return {"dtype": str(x.dtype).replace("torch.", ""), "shape": list(x.shape), "data": text(x)}


def write(name, cases):
    head = {
        "framework": "torch " + torch.__version__ + ", numpy " + np.__version__,
        "seed": 20,
        "command": "python generate.py",
        "cases": cases,
    }
    with open(os.path.join(HERE, name), "w") as f:
        json.dump(head, f, indent=0, separators=(",", ":"))
        f.write("\n")


# ------------------------------------------------------------------ operations
CASES = []


def values(shape, low=-2.0, high=2.0, dtype=torch.float32):
    x = torch.rand(shape, dtype=torch.float64) * (high - low) + low
    return x.to(dtype)


def case(op, f, inputs, args=None, grad=True, turned=()):
    """Records f on the inputs, and its gradients for weights 1, 2, 3, ... scaled to the count.

    turned: numbers of the inputs that the test lays out transposed in memory.
    """
    leaves = []
    for x in inputs:
        y = x.detach().clone()
        if y.dtype.is_floating_point and grad:
            y.requires_grad_(True)
        leaves.append(y)
    out = f(*leaves)
    outs = list(out) if isinstance(out, (tuple, list)) else [out]
    entry = {
        "op": op,
        "args": args or {},
        "inputs": [pack(x) for x in leaves],
        "turned": list(turned),
        "outputs": [pack(o) for o in outs],
    }
    first = outs[0]
    if grad and first.requires_grad:
        entry["function"] = first.grad_fn.name()
        n = max(1, first.numel())
        weights = (torch.arange(first.numel(), dtype=torch.float64) + 1).reshape(first.shape) / n
        first.backward(weights.to(first.dtype))
        entry["gradients"] = [
            pack(x.grad) if x.requires_grad and x.grad is not None else None for x in leaves
        ]
    CASES.append(entry)


SHAPES = [(7,), (2, 3), (), (0, 3), (3, 1, 4), (33,)]
UNARY = {
    "neg": (torch.neg, -2, 2), "abs": (torch.abs, -2, 2), "sign": (torch.sign, -2, 2),
    "square": (torch.square, -2, 2), "sqrt": (torch.sqrt, 0.1, 4), "rsqrt": (torch.rsqrt, 0.1, 4),
    "reciprocal": (torch.reciprocal, 0.1, 4), "exp": (torch.exp, -5, 5), "exp2": (torch.exp2, -5, 5),
    "expm1": (torch.expm1, -2, 2), "log": (torch.log, 0.1, 9), "log1p": (torch.log1p, -0.9, 9),
    "log2": (torch.log2, 0.1, 9), "log10": (torch.log10, 0.1, 9), "sin": (torch.sin, -9, 9),
    "cos": (torch.cos, -9, 9), "tan": (torch.tan, -1, 1), "asin": (torch.asin, -0.9, 0.9),
    "acos": (torch.acos, -0.9, 0.9), "atan": (torch.atan, -5, 5), "sinh": (torch.sinh, -3, 3),
    "cosh": (torch.cosh, -3, 3), "tanh": (torch.tanh, -4, 4), "asinh": (torch.asinh, -4, 4),
    "acosh": (torch.acosh, 1.1, 4), "atanh": (torch.atanh, -0.9, 0.9),
    "sigmoid": (torch.sigmoid, -6, 6), "relu": (torch.relu, -2, 2),
    "softplus": (torch.nn.functional.softplus, -6, 6), "erf": (torch.erf, -3, 3),
    "erfc": (torch.erfc, -3, 3), "gelu": (torch.nn.functional.gelu, -4, 4),
    "floor": (torch.floor, -3, 3), "ceil": (torch.ceil, -3, 3), "round": (torch.round, -3, 3),
    "trunc": (torch.trunc, -3, 3),
}
for name, (f, low, high) in UNARY.items():
    for shape in SHAPES:
        case(name, f, [values(shape, low, high)])
    case(name, f, [values((3, 4), low, high)], turned=[0])
    case(name, f, [values((5,), low, high, torch.float64)])
    if name in ("neg", "abs", "sign", "square", "relu", "floor", "exp", "sqrt", "sigmoid"):
        whole = torch.tensor([1, 2, 3, 4]) if name == "sqrt" else torch.tensor([-3, -1, 0, 2])
        case(name, f, [whole], grad=False)
        case(name, f, [whole.to(torch.int32)], grad=False)
case("exp", torch.exp, [torch.tensor([float("nan"), float("inf"), -float("inf"), 100.0, -120.0])])
case("log", torch.log, [torch.tensor([float("nan"), float("inf"), 0.0, -1.0, 1e-40])])
case("tanh", torch.tanh, [torch.tensor([float("nan"), float("inf"), -float("inf"), 50.0, 0.0])])
case("sigmoid", torch.sigmoid, [torch.tensor([float("nan"), float("inf"), -float("inf"), 1000.0, -1000.0])])
case("round", torch.round, [torch.tensor([0.5, 1.5, 2.5, -0.5, -1.5])])

BINARY = {
    "add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div,
    "maximum": torch.maximum, "minimum": torch.minimum, "atan2": torch.atan2,
    "remainder": torch.remainder, "fmod": torch.fmod, "floor_divide": torch.floor_divide,
}
PAIRS = [((5,), (5,)), ((2, 3), (3,)), ((2, 1), (1, 4)), ((), (2, 2)), ((2, 3), ()), ((0, 3), (3,)),
         ((2, 1, 3), (4, 1)), ((3, 4), (3, 4))]
for name, f in BINARY.items():
    for a, b in PAIRS:
        grad = name not in ("floor_divide",)
        case(name, f, [values(a), values(b, 0.3, 2)], grad=grad)
    case(name, f, [values((3, 4)), values((3, 4), 0.3, 2)], turned=[0], grad=name != "floor_divide")
    case(name, f, [values((4,), dtype=torch.float64), values((4,), 0.3, 2)], grad=False)
    ints = [torch.tensor([7, -7, 7, -7]), torch.tensor([3, 3, -3, -3])]
    if name != "atan2":
        case(name, f, ints, grad=False)
        case(name, f, [ints[0].to(torch.int32), ints[1]], grad=False)
        case(name, f, [ints[0], torch.tensor(2.5)], grad=False)
        case(name, f, [torch.tensor([7, 200, 3], dtype=torch.uint8), torch.tensor([3, 100, 2], dtype=torch.uint8)], grad=False)
for a, b in PAIRS:
    case("pow", torch.pow, [values(a, 0.2, 2), values(b)])
case("pow", torch.pow, [torch.tensor([2, -3, 5]), torch.tensor([10, 3, 0])], grad=False)
case("pow", torch.pow, [torch.tensor([0.0, 2.0, 0.0]), torch.tensor([2.0, 0.0, 0.0])])
for name, f in {"add": torch.add, "mul": torch.mul, "maximum": torch.maximum}.items():
    case(name, f, [torch.tensor([True, False]), torch.tensor([True, True])], grad=False)
    case(name, f, [torch.tensor([True, False]), torch.tensor([3, 4])], grad=False)
for name in ("bitwise_and", "bitwise_or", "bitwise_xor"):
    case(name, getattr(torch, name), [torch.tensor([12, 10, -1]), torch.tensor([10, 3, 7])], grad=False)
for name in ("eq", "ne", "lt", "le", "gt", "ge", "logical_and", "logical_or", "logical_xor"):
    f = getattr(torch, name)
    case(name, f, [torch.tensor([1.0, 2.0, float("nan"), 0.0]), torch.tensor([1.0, 3.0, float("nan"), -1.0])], grad=False)
    case(name, f, [torch.tensor([[1], [2]]), torch.tensor([1.5, 2.0])], grad=False)
    case(name, f, [torch.tensor([True, False]), torch.tensor([True, True])], grad=False)
for name in ("isnan", "isinf", "isfinite", "logical_not"):
    f = getattr(torch, name)
    case(name, f, [torch.tensor([1.0, float("nan"), float("inf"), -float("inf"), 0.0])], grad=False)
    case(name, f, [torch.tensor([1, 0, -1])], grad=False)

AXES = [((5,), []), ((2, 3), [0]), ((2, 3), [1]), ((2, 3), []), ((2, 3, 4), [0, 2]), ((2, 3, 4), [1]),
        ((2, 3, 4), [-1]), ((3, 700), [1]), ((300, 5), [0])]


def over(f, full):
    def run(axes, keep):
        return lambda x: f(x, dim=axes, keepdim=keep) if axes else full(x)
    return run


RED = {
    "sum": over(torch.sum, torch.sum), "mean": over(torch.mean, torch.mean),
    "var": over(torch.var, torch.var), "std": over(torch.std, torch.std),
    "amax": over(torch.amax, torch.amax), "amin": over(torch.amin, torch.amin),
    "norm": over(torch.linalg.vector_norm, torch.linalg.vector_norm),
}
for name, make in RED.items():
    for shape, axes in AXES:
        for keep in (False, True):
            if keep and not axes:
                continue
            case(name, make(axes, keep), [values(shape)], {"axes": axes, "keep": keep})
    case(name, make([0], False), [values((3, 4))], {"axes": [0], "keep": False}, turned=[0])
    case(name, make([1], False), [values((3, 4), dtype=torch.float64)], {"axes": [1], "keep": False})
for x in (torch.tensor([[1, 2], [3, -4]]), torch.tensor([[1, 2], [3, 4]], dtype=torch.uint8),
          torch.tensor([[True, False], [True, True]]), torch.tensor([[5, 2], [3, -4]], dtype=torch.int32)):
    case("sum", lambda x: x.sum(0), [x], {"axes": [0], "keep": False}, grad=False)
    case("sum", lambda x: x.sum(), [x], {"axes": [], "keep": False}, grad=False)
    case("amax", lambda x: x.amax(1), [x], {"axes": [1], "keep": False}, grad=False)
    case("prod", lambda x: x.prod(1), [x], {"axes": [1], "keep": False}, grad=False)
    case("any", lambda x: x.any(1), [x], {"axes": [1], "keep": False}, grad=False)
    case("all", lambda x: x.all(0), [x], {"axes": [0], "keep": False}, grad=False)
case("sum", lambda x: x.sum(0), [torch.zeros(0, 3)], {"axes": [0], "keep": False})
case("var", lambda x: x.var(1, correction=0), [values((2, 5))], {"axes": [1], "keep": False, "correction": 0})
case("prod", lambda x: x.prod(), [values((4,))], {"axes": [], "keep": False})
case("prod", lambda x: x.prod(1), [torch.tensor([[0.0, 2.0, 3.0], [0.0, 0.0, 4.0]])], {"axes": [1], "keep": False})
case("amax", lambda x: x.amax(0), [torch.tensor([1.0, float("nan"), 3.0])], {"axes": [0], "keep": False}, grad=False)
case("logsumexp", lambda x: x.logsumexp(1), [values((3, 4), -900, 900)], {"axes": [1], "keep": False})
for name in ("max", "min"):
    for shape, axis in (((4,), 0), ((3, 5), 0), ((3, 5), 1), ((2, 3, 4), -2), ((2, 70), 1)):
        case(name, lambda x: getattr(torch, name)(x, dim=axis), [values(shape)], {"axis": axis})
    case(name, lambda x: getattr(torch, name)(x, dim=0), [torch.tensor([2, 5, 5, 1, 1])], {"axis": 0}, grad=False)
for name in ("argmax", "argmin"):
    f = getattr(torch, name)
    case(name, lambda x: f(x), [values((3, 4))], {}, grad=False)
    case(name, lambda x: f(x, dim=1), [values((3, 40))], {"axis": 1}, grad=False)
    case(name, lambda x: f(x, dim=0), [values((3, 4))], {"axis": 0}, grad=False)
    case(name, lambda x: f(x), [torch.tensor([1.0, float("nan"), 3.0, float("nan")])], {}, grad=False)
for name in ("cumsum", "cumprod"):
    f = getattr(torch, name)
    for shape, axis in (((6,), 0), ((3, 4), 0), ((3, 4), 1), ((2, 3, 2), 1)):
        case(name, lambda x: f(x, axis), [values(shape)], {"axis": axis})
    case(name, lambda x: f(x, 0), [torch.tensor([1, 2, 3, 4])], {"axis": 0}, grad=False)

for shape, axis, down in (((9,), 0, False), ((9,), -1, True), ((4, 5), 0, False), ((4, 5), 1, True), ((2, 100), 1, False)):
    case("sort", lambda x: torch.sort(x, dim=axis, descending=down, stable=True), [values(shape)], {"axis": axis, "descending": down})
    case("argsort", lambda x: torch.argsort(x, dim=axis, descending=down, stable=True), [values(shape)], {"axis": axis, "descending": down}, grad=False)
case("sort", lambda x: torch.sort(x, stable=True), [torch.tensor([3, 1, 2, 1, 3])], {"axis": -1, "descending": False}, grad=False)
case("sort", lambda x: torch.sort(x, stable=True), [torch.tensor([float("nan"), 1.0, -1.0])], {"axis": -1, "descending": False}, grad=False)
case("sort", lambda x: torch.sort(x, stable=True, descending=True), [torch.tensor([1.0, float("nan"), 2.0])], {"axis": -1, "descending": True}, grad=False)
case("topk", lambda x: torch.topk(x, 3), [values((2, 9))], {"k": 3, "axis": -1, "largest": True})
case("topk", lambda x: torch.topk(x, 2, dim=0, largest=False), [values((5, 2))], {"k": 2, "axis": 0, "largest": False})
case("unique", lambda x: torch.unique(x, return_inverse=True, return_counts=True), [torch.tensor([[3, 1, 3], [2, 1, 3]])], grad=False)
case("median", torch.median, [values((7,))])
case("median", torch.median, [values((2, 4))])

case("cat", lambda a, b: torch.cat([a, b], 0), [values((2, 3)), values((1, 3))], {"axis": 0})
case("cat", lambda a, b: torch.cat([a, b], 1), [values((2, 3)), values((2, 2))], {"axis": 1})
case("cat", lambda a, b: torch.cat([a, b], 0), [values((0,)), values((2, 2))], {"axis": 0}, grad=False)
case("cat", lambda a, b: torch.cat([a, b], 0), [torch.tensor([1, 2]), values((2,))], {"axis": 0}, grad=False)
case("stack", lambda a, b: torch.stack([a, b], 0), [values((2, 3)), values((2, 3))], {"axis": 0})
case("stack", lambda a, b: torch.stack([a, b], -1), [values((2, 3)), values((2, 3))], {"axis": -1})
case("split", lambda x: torch.split(x, 2, 0), [values((5, 2))], {"size": 2, "axis": 0})
case("chunk", lambda x: torch.chunk(x, 3, 1), [values((2, 7))], {"pieces": 3, "axis": 1})
case("repeat", lambda x: x.repeat(2, 1, 3), [values((2, 3))], {"times": [2, 1, 3]})
case("flip", lambda x: x.flip([0, 2]), [values((2, 3, 2))], {"axes": [0, 2]})
case("roll", lambda x: x.roll(2, 1), [values((2, 5))], {"shift": 2, "axis": 1})
case("roll", lambda x: x.roll(-3), [values((2, 5))], {"shift": -3})

for a, b in [((2, 3), (3, 4)), ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 2, 3), (3, 2)), ((2, 1, 2, 3), (3, 3, 2)),
             ((1, 20), (20, 5)), ((40, 30), (30, 50)), ((2, 0), (0, 3)), ((4, 5, 6), (4, 6, 3)), ((3, 1), (1, 3))]:
    case("matmul", torch.matmul, [values(a), values(b)])
    case("matmul", torch.matmul, [values(a, dtype=torch.float64), values(b, dtype=torch.float64)])
case("matmul", torch.matmul, [values((3, 4)), values((4, 5))], turned=[0])
case("matmul", torch.matmul, [values((3, 4)), values((4, 5))], turned=[0, 1])
case("matmul", torch.matmul, [torch.tensor([[1, 2], [3, 4]]), torch.tensor([[5, 6], [7, 8]])], grad=False)
case("linear", torch.nn.functional.linear, [values((5, 3)), values((4, 3)), values((4,))])
case("linear", torch.nn.functional.linear, [values((2, 5, 3)), values((4, 3)), values((4,))])
case("dot", torch.dot, [values((9,)), values((9,))])
case("outer", torch.outer, [values((3,)), values((4,))])

for shape, axis in (((5,), 0), ((3, 7), 1), ((3, 7), 0), ((2, 3, 4), 1), ((2, 40), -1)):
    case("softmax", lambda x: torch.softmax(x, axis), [values(shape, -5, 5)], {"axis": axis})
    case("log_softmax", lambda x: torch.log_softmax(x, axis), [values(shape, -5, 5)], {"axis": axis})
case("softmax", lambda x: torch.softmax(x, 0), [torch.tensor([1000.0, -1000.0, 999.0])], {"axis": 0})
case("log_softmax", lambda x: torch.log_softmax(x, 0), [torch.tensor([1000.0, -1000.0, 999.0])], {"axis": 0})

case("gather", lambda x, i: torch.gather(x, 1, i), [values((3, 4)), torch.tensor([[0, 0], [3, 1], [2, 2]])], {"axis": 1})
case("gather", lambda x, i: torch.gather(x, 0, i), [values((3, 4)), torch.tensor([[2, 0, 1, 1]])], {"axis": 0})
case("index_select", lambda x, i: torch.index_select(x, 1, i), [values((3, 4)), torch.tensor([3, 0, 3])], {"axis": 1})
case("scatter_add", lambda x, i, s: x.scatter_add(0, i, s), [values((3, 2)), torch.tensor([[2, 0], [2, 1]]), values((2, 2))], {"axis": 0})
case("one_hot", torch.nn.functional.one_hot, [torch.tensor([0, 2, 1])], grad=False)
case("nonzero", torch.nonzero, [torch.tensor([[0, 1], [2, 0]])], grad=False)
case("where", torch.where, [torch.tensor([[True], [False]]), values((2, 3)), values((3,))])
case("clamp", lambda x: torch.clamp(x, -0.5, 1.0), [values((9,))], {"low": -0.5, "high": 1.0})
case("tril", torch.tril, [values((3, 4))], {"k": 0})
case("triu", lambda x: torch.triu(x, 1), [values((2, 3, 3))], {"k": 1})
case("masked_fill", lambda x, m: x.masked_fill(m, -1.5), [values((2, 2)), torch.tensor([[True, False], [False, True]])], {"value": -1.5})

for to in (torch.float64, torch.int64, torch.int32, torch.uint8, torch.bool):
    case("to", lambda x: x.to(to), [torch.tensor([0.0, 1.7, -0.0, 3.2, 200.9])], {"dtype": str(to)[6:]}, grad=False)
    case("to", lambda x: x.to(to), [torch.tensor([0, 1, 300, 77])], {"dtype": str(to)[6:]}, grad=False)

# Indexing: parts are int, [start, stop, step], "newaxis", "...", {"mask"/"index": tensor}.
S = slice


def index_case(shape, spec, grad=True):
    def part(p):
        if isinstance(p, slice):
            return {"slice": [p.start, p.stop, p.step]}
        if p is None:
            return {"newaxis": True}
        if p is Ellipsis:
            return {"ellipsis": True}
        if isinstance(p, torch.Tensor):
            return {"tensor": pack(p)}
        return {"at": p}
    case("index", lambda x: x[spec], [values(shape)], {"spec": [part(p) for p in spec]}, grad=grad)


for spec in [(1,), (-1,), (S(1, 3),), (S(None, None, 2),), (Ellipsis, 0), (S(None), 2), (None, S(0, 2)),
             (0, Ellipsis, None), (S(5, 100),), (S(-2, None), S(None, -1)), (S(3, 1),)]:
    index_case((4, 5, 3), spec)
I = torch.tensor
for spec in [(I([0, 2]),), (I([0, 2]), I([1, -1])), (S(None), I([[0, 1], [2, 3]])), (I([0, 2]), S(None), I([0, 1])),
             (S(None), I([0, 1]), I([1, 2])), (I([True, False, True, False]),), (S(1, 3), I([4, 0, 0])),
             (1, I([0, 3])), (I([[0], [1]]), I([0, 2, 4])), (Ellipsis, I([2, 0]))]:
    index_case((4, 5, 3), spec)
index_case((2, 3), (I([[True, False, True], [False, True, False]]),))

write("operations.json", CASES)
print(len(CASES), "operation cases")

# ------------------------------------------------------------------ random
RANDOM = []


def seeded(seed, calls):
    torch.manual_seed(seed)
    steps = []
    for name, args in calls:
        if name == "rand": out = torch.rand(args["shape"], dtype=getattr(torch, args.get("dtype", "float32")))
        if name == "randn": out = torch.randn(args["shape"], dtype=getattr(torch, args.get("dtype", "float32")))
        if name == "randint": out = torch.randint(args["low"], args["high"], args["shape"])
        if name == "randperm": out = torch.randperm(args["n"])
        if name == "uniform": out = torch.empty(args["shape"]).uniform_(args["low"], args["high"])
        if name == "normal": out = torch.empty(args["shape"]).normal_(args["mean"], args["std"])
        if name == "bernoulli": out = torch.empty(args["shape"]).bernoulli_(args["p"])
        if name == "dropout": out = torch.nn.functional.dropout(torch.ones(args["shape"]), args["p"])
        if name == "linear":
            layer = torch.nn.Linear(args["in"], args["out"])
            out = torch.cat([layer.weight.detach().reshape(-1), layer.bias.detach()])
        steps.append({"call": name, "args": args, "output": pack(out)})
    RANDOM.append({"seed": seed, "steps": steps})


seeded(0, [("rand", {"shape": [5]}), ("rand", {"shape": [2, 3]}), ("randn", {"shape": [3]}), ("randn", {"shape": [4]})])
seeded(42, [("randn", {"shape": [16]}), ("randn", {"shape": [2, 10]}), ("randn", {"shape": [5]}), ("rand", {"shape": [3]})])
seeded(1, [("randn", {"shape": [5, 7]}), ("randn", {"shape": [3], "dtype": "float64"}), ("randn", {"shape": [19], "dtype": "float64"}), ("rand", {"shape": [4], "dtype": "float64"})])
seeded(7, [("randint", {"low": 0, "high": 10, "shape": [12]}), ("randint", {"low": -5, "high": 1000000, "shape": [4]}), ("randint", {"low": 0, "high": 2**40, "shape": [3]}), ("randint", {"low": 0, "high": 2**31, "shape": [3]}), ("randperm", {"n": 20}), ("randperm", {"n": 1}), ("rand", {"shape": [2]})])
seeded(123, [("uniform", {"shape": [6], "low": -2.0, "high": 3.0}), ("normal", {"shape": [4], "mean": 1.0, "std": 0.5}), ("normal", {"shape": [33], "mean": -1.0, "std": 2.0}), ("rand", {"shape": [2]})])
seeded(5, [("bernoulli", {"shape": [40], "p": 0.3}), ("rand", {"shape": [2]}), ("dropout", {"shape": [30], "p": 0.5}), ("dropout", {"shape": [4, 9], "p": 0.1}), ("rand", {"shape": [2]})])
seeded(0, [("linear", {"in": 4, "out": 3}), ("linear", {"in": 10, "out": 2}), ("rand", {"shape": [1]})])
seeded(2**40 + 3, [("rand", {"shape": [3]})])
seeded(11, [("randperm", {"n": 1000}), ("randint", {"low": 0, "high": 2**32, "shape": [3]}), ("randint", {"low": 0, "high": 2**29, "shape": [3]})])
write("random.json", RANDOM)
print(len(RANDOM), "random streams")

# ------------------------------------------------------------------ printing
PRINT = []


def printed(x, **kwargs):
    leaf = kwargs.pop("leaf", False)
    grad = kwargs.pop("recorded", False)
    entry = {"tensor": pack(x)}
    y = x
    if leaf or grad:
        y = x.clone().requires_grad_(True)
        entry["leaf"] = leaf
    if grad:
        y = y * 1
        entry["recorded"] = True
    entry["torch"] = str(y)
    a = x.numpy()
    entry["repr"] = repr(a)
    entry["str"] = str(a)
    PRINT.append(entry)


inf, nan = float("inf"), float("nan")
T = torch.tensor
for x in [T(1.0), T(3), T(True), T(0.1), T(1e-7), T(123456789.0), T(nan), T(-inf), T([]), T([1.0, 2.0, 3.0]),
          T([1.5, -2.25]), T([0.1, 0.22, 0.333]), T([1, -20, 300]), T([True, False]), T([[1, 2], [3, 4]]),
          T([1e-5, 1.0]), T([1e5, 1.0]), T([1e8, 1.0]), T([1e9]), T([100000.0, 2.0]), T([1234567.0, 1.5]), T([0.0, -0.0]), T([nan, 1.0]),
          T([inf, -inf, nan]), T([nan, 1.5, inf]), T([1.0, inf]), T([0.00012345, 0.5]), T([1e-4, 0.1]), T([9.9e-5, 0.05]),
          T([99999.9, 100000.1]), T([2.0, 1e-3]), T([3.14159274, 2.71828175, 1.41421354]),
          torch.zeros(2, 3), torch.ones(2, 2, 2), torch.zeros(0, 3), torch.zeros(2, 0), torch.arange(12).reshape(3, 4),
          torch.arange(24).reshape(2, 3, 4), torch.arange(1001), torch.arange(1000), torch.arange(10000).reshape(100, 100),
          torch.zeros(1001), torch.linspace(0, 1, 2000), torch.arange(2000).reshape(2, 10, 100) / 7, torch.zeros(11, 11, 11),
          torch.linspace(0, 1, 11), torch.linspace(-100, 100, 30), torch.arange(40) * 1.0, torch.arange(40), T([1, 2], dtype=torch.int32),
          T([1, 2], dtype=torch.uint8), T([0.1, 0.2], dtype=torch.float64), T([1 / 3, 2 / 3], dtype=torch.float64),
          T([1e300, 1e-300], dtype=torch.float64), torch.arange(30).to(torch.int32), torch.eye(3), torch.eye(3, dtype=torch.float64),
          T([[0.1, 10.0], [100.25, 1000.5]]), T([[1e-6, 2.0], [3.0, 4.0]]), T([123456.789, 0.001]), T([1e10, 1.0]), T([1e16, 1.0], dtype=torch.float64),
          T(1e16, dtype=torch.float64), T(123456789.123, dtype=torch.float64), T(1e-5, dtype=torch.float64), T(12345.678), T(1e22), T([0.5]), T([[[[1.0]]]]),
          T([16777216.0, 1.0]), T([999999.0, 1.0]), T([1000000.0, 2000000.0]), T([1 / 3]), T([2 / 3, 1e-3], dtype=torch.float64), T([5e-324], dtype=torch.float64)]:
    printed(x)
torch.manual_seed(3)
for shape in [(3,), (2, 5), (4, 4), (2, 3, 4), (20,), (3, 30), (50, 50), (5, 300)]:
    printed(torch.randn(shape))
    printed(torch.randn(shape) * 1e4)
    printed(torch.randn(shape, dtype=torch.float64))
    printed(torch.randint(-1000, 1000, shape))
    printed(torch.rand(shape) > 0.5)
for x in [T(1.5), T([1.0, 2.0]), torch.randn(3, 4), torch.randn(30), torch.linspace(0, 1, 8), torch.linspace(0, 1, 7), torch.linspace(0, 1, 9), torch.randn(2, 8)]:
    printed(x, leaf=True)
    printed(x, recorded=True)
    printed(x.double(), recorded=True)
write("printing.json", PRINT)
print(len(PRINT), "printed forms")
