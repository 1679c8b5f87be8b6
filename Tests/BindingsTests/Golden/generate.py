"""Records what PyTorch and NumPy give for expressions, for GoldenExpressionTests.swift.

    PYTHON_WITH_TORCH Tests/BindingsTests/Golden/generate.py

Writes torch.json and numpy.json beside this file. A case is an expression in the original's own words
and its operands; the test evaluates the same text through the door. For torch the gradients of the
first result are recorded as well, for weights 1, 2, 3, ... divided by their number. Operands named in
`turned` lie transposed in memory. Numbers are written as text that reads back to the same value.
"""
import json
import os
import warnings

import numpy as np
import torch
import torch.nn.functional as F

warnings.simplefilter("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
torch.manual_seed(31)
torch.set_num_threads(1)
f32, f64, i64 = torch.float32, torch.float64, torch.int64


def text(x):
    if x.dtype.is_complex:
        return text(torch.view_as_real(x.resolve_conj().contiguous()))
    if x.dtype == torch.bool:
        return " ".join("1" if v else "0" for v in x.reshape(-1).tolist())
    if x.dtype == torch.float32:
        return " ".join(str(v) for v in x.reshape(-1).numpy())
    return " ".join(repr(v) for v in x.reshape(-1).tolist())


def pack(x):
    x = torch.zeros(x.shape, dtype=x.dtype) if x._is_zerotensor() else x.detach()
    return {"dtype": str(x.dtype).replace("torch.", ""), "shape": list(x.shape), "data": text(x)}


def values(shape, low=-2.0, high=2.0, dtype=f32):
    if isinstance(shape, int):
        shape = (shape,)
    if dtype.is_complex:
        part = f32 if dtype == torch.complex64 else f64
        return torch.complex(values(shape, low, high, part), values(shape, low, high, part))
    return (torch.rand(shape, dtype=f64) * (high - low) + low).to(dtype)


def regular(shape, dtype=f32):
    """Matrices with a strong diagonal."""
    return values(shape, -1, 1, dtype) + 3 * torch.eye(shape[-1], dtype=dtype)


def symmetric(shape, dtype=f32):
    x = values(shape, -1, 1, dtype)
    return x + x.mT


def positive(shape, dtype=f32):
    x = values(shape, -1, 1, dtype)
    return x @ x.mT + torch.eye(shape[-1], dtype=dtype)


CASES = []


def case(expression, grad=True, turned="", tolerance=None, **operands):
    leaves = {}
    for name, x in operands.items():
        y = x.detach().clone()
        if grad and (y.dtype.is_floating_point or y.dtype.is_complex):
            y.requires_grad_(True)
        leaves[name] = y
    out = eval(expression, {"torch": torch, "F": F, "np": np}, dict(leaves))
    outs = list(out) if isinstance(out, (tuple, list)) else [out]
    outs = [o if isinstance(o, torch.Tensor) else torch.as_tensor(o) for o in outs]
    entry = {
        "expression": expression,
        "operands": {name: pack(x) for name, x in leaves.items()},
        "turned": list(turned),
        "outputs": [pack(o) for o in outs],
    }
    if tolerance:
        entry["tolerance"] = tolerance
    first = outs[0]
    if grad and first.requires_grad:
        flat = torch.view_as_real(first.resolve_conj()) if first.dtype.is_complex else first
        n = max(1, flat.numel())
        weights = (torch.arange(flat.numel(), dtype=f64) + 1).reshape(flat.shape) / n
        flat.backward(weights.to(flat.dtype))
        entry["gradients"] = {
            name: pack(x.grad) for name, x in leaves.items() if x.requires_grad and x.grad is not None
        }
    CASES.append(entry)


def write(name):
    head = {"framework": f"torch {torch.__version__}, numpy {np.__version__}", "seed": 31,
            "command": "python generate.py", "cases": CASES[:]}
    with open(os.path.join(HERE, name), "w") as f:
        f.write("{" + ",\n".join(f'"{k}": ' + (json.dumps(v) if k != "cases" else "[\n" + ",\n".join(
            json.dumps(c, separators=(",", ":")) for c in v) + "]") for k, v in head.items()) + "}\n")
    print(name, len(CASES))
    CASES.clear()


# ------------------------------------------------------------------ einsum and products
for equation, shapes in {
    "ij,jk->ik": [(2, 3), (3, 4)], "ij,jk": [(2, 3), (3, 4)], "ij->ji": [(2, 3)], "ij->": [(2, 3)],
    "ij->j": [(2, 3)], "ii->i": [(3, 3)], "ii": [(3, 3)], "i,i->": [(4,), (4,)], "i,j->ij": [(2,), (3,)],
    "bij,bjk->bik": [(2, 3, 4), (2, 4, 2)], "bij,jk->bik": [(2, 3, 4), (4, 2)],
    "...ij,...jk->...ik": [(2, 1, 3, 2), (4, 2, 3)], "...i->...": [(2, 3)], "bhqd,bhkd->bhqk": [(1, 2, 3, 4), (1, 2, 5, 4)],
    "bhqk,bhkd->bqhd": [(1, 2, 3, 5), (1, 2, 5, 4)], "i,j,k->ijk": [(2,), (3,), (2,)], "ij,ij->ij": [(2, 3), (2, 3)],
    "ij,ij->i": [(2, 3), (2, 3)], "ijk,ilm,njm->nkl": [(2, 2, 3), (2, 2, 2), (3, 2, 2)], "abc,cd->abd": [(2, 2, 3), (3, 2)],
    "bn,anm,bm->ba": [(2, 3), (4, 3, 2), (2, 2)], "ba": [(2, 3)], "ij,jk,kl->il": [(2, 3), (3, 2), (2, 2)],
    "aij,ajk->ai": [(2, 2, 3), (2, 3, 2)], "...ii->...i": [(2, 3, 3)], "iij->j": [(2, 2, 3)], "i...->...": [(2, 3)],
}.items():
    names = "abc"[: len(shapes)]
    case(f"torch.einsum('{equation}', {', '.join(names)})", **{n: values(s) for n, s in zip(names, shapes)})
case("torch.einsum('ij,jk->ik', a, b)", a=values((2, 3)), b=values((3, 4)), turned="ab")
case("torch.einsum('ij,jk->ik', a, b)", a=values((2, 0)), b=values((0, 3)))
case("torch.einsum('ij,jk->ik', a, b)", a=values((2, 3), dtype=f64), b=values((3, 2), dtype=f64))
case("torch.einsum('ij,jk->ik', a, b)", a=torch.tensor([[1, 2], [3, 4]]), b=torch.tensor([[5, 6], [7, 8]]))
case("torch.einsum(a, [0, 1], b, [1, 2], [0, 2])", a=values((2, 3)), b=values((3, 2)))
for e in ("torch.tensordot(a, b, dims=2)", "torch.tensordot(a, b, dims=([1, 2], [0, 1]))"):
    case(e, a=values((2, 3, 4)), b=values((3, 4, 2)))
case("torch.tensordot(a, b, dims=0)", a=values((2,)), b=values((3,)))
for s, t in (((2, 2), (3, 2)), ((3,), (2, 2)), ((2,), (3,)), ((1, 2, 2), (2, 1)), ((), (2,))):
    case("torch.kron(a, b)", a=values(s), b=values(t))
case("torch.cross(a, b, dim=1)", a=values((4, 3)), b=values((4, 3)))
case("torch.cross(a, b, dim=0)", a=values((3, 2)), b=values((3, 2)))
case("torch.linalg.cross(a, b)", a=values((2, 3)), b=values((1, 3)))
case("torch.inner(a, b)", a=values((2, 3)), b=values((4, 3)))
case("torch.inner(a, b)", a=values((3,)), b=values((3,)))
case("torch.vdot(a, b)", a=values((3,)), b=values((3,)))
case("torch.outer(a, b)", a=values((3,)), b=values((0,)))
case("torch.addmm(c, a, b)", a=values((2, 3)), b=values((3, 4)), c=values((4,)))
case("torch.addmm(c, a, b, beta=0.5, alpha=2)", a=values((2, 3)), b=values((3, 4)), c=values((2, 4)))
case("torch.addmv(c, a, b, alpha=3)", a=values((2, 3)), b=values((3,)), c=values((2,)))
case("torch.addr(c, a, b, beta=2)", a=values((2,)), b=values((3,)), c=values((2, 3)))
case("torch.baddbmm(c, a, b, beta=0.5, alpha=0.1)", a=values((2, 2, 3)), b=values((2, 3, 2)), c=values((2, 2, 2)))
case("torch.addbmm(c, a, b)", a=values((2, 2, 3)), b=values((2, 3, 2)), c=values((2, 2)))
case("torch.bmm(a, b)", a=values((2, 2, 3)), b=values((2, 3, 2)))
case("torch.mv(a, b)", a=values((2, 3)), b=values((3,)))
case("torch.linalg.multi_dot([a, b, c])", a=values((2, 3)), b=values((3, 4)), c=values((4, 2)))
case("torch.linalg.vecdot(a, b)", a=values((2, 3)), b=values((2, 3)))
case("torch.trace(a)", a=values((3, 4)))
case("torch.block_diag(a, b, c)", a=values((2, 2)), b=values((3,)), c=values(()))
case("torch.cdist(a, b)", a=values((3, 4)), b=values((2, 4)))
case("torch.cdist(a, b, p=1.0)", a=values((2, 3, 4)), b=values((2, 2, 4)))
case("torch.cdist(a, b, p=3.0)", a=values((3, 2)), b=values((2, 2)))
case("torch.cdist(a, b, p=float('inf'))", a=values((3, 2)), b=values((2, 2)))
case("F.pdist(a)", a=values((4, 3)))
case("F.pdist(a, p=1.0)", a=values((3, 3)))
for dim in (0, 1, -1):
    case(f"F.cosine_similarity(a, b, dim={dim})", a=values((3, 4)), b=values((3, 4)))
case("F.cosine_similarity(a, b, dim=-1)", a=values((2, 1, 3)), b=values((4, 3)))
case("F.pairwise_distance(a, b)", a=values((3, 4)), b=values((3, 4)))
case("F.pairwise_distance(a, b, p=1, keepdim=True)", a=values((3, 4)), b=values((3, 4)))
case("F.normalize(a)", a=values((3, 4)))
case("F.normalize(a, p=1, dim=0)", a=values((3, 4)))
case("torch.dist(a, b)", a=values((3,)), b=values((3,)))
case("torch.dist(a, b, p=1)", a=values((3,)), b=values((3,)))
case("torch.renorm(a, 2, 0, 1.0)", a=values((3, 4)))
case("torch.vander(a)", grad=False, a=values((3,)))
case("torch.vander(a, 4, True)", grad=False, a=torch.tensor([1, 2, 3]))
case("torch.cartesian_prod(a, b)", a=values((2,)), b=values((3,)))
case("torch.combinations(a)", a=values((4,)))
case("torch.combinations(a, 2, True)", a=values((3,)))
case("torch.combinations(a, 3)", grad=False, a=torch.arange(5))

# ------------------------------------------------------------------ linear algebra
for dtype in (f32, f64):
    for batch in ((), (2,)):
        m = lambda n: regular(batch + (n, n), dtype)
        case("torch.linalg.solve(a, b)", a=m(3), b=values(batch + (3, 2), dtype=dtype))
        case("torch.linalg.inv(a)", a=m(3))
        case("torch.linalg.det(a)", a=m(3))
        case("torch.linalg.slogdet(a).logabsdet", a=m(3))
        case("torch.linalg.slogdet(a).sign", grad=False, a=m(3) * torch.tensor([[1.], [-1.], [1.]], dtype=dtype))
        case("torch.linalg.cholesky(a)", a=positive(batch + (3, 3), dtype))
        case("torch.linalg.cholesky(a, upper=True)", a=positive(batch + (3, 3), dtype))
        case("torch.linalg.qr(a).R.abs()", a=m(3))
        case("torch.linalg.qr(a).Q.abs()", a=values(batch + (4, 2), dtype=dtype))
        case("torch.linalg.qr(a).R.abs()", grad=False, a=values(batch + (2, 4), dtype=dtype))
        case("torch.linalg.svdvals(a)", a=values(batch + (3, 4), dtype=dtype))
        case("torch.linalg.svd(a, full_matrices=False).S", a=values(batch + (4, 3), dtype=dtype))
        case("torch.linalg.svd(a, full_matrices=False)[0].abs()", a=values(batch + (4, 3), dtype=dtype), tolerance=3e-4)
        case("torch.linalg.svd(a).Vh.abs()", grad=False, a=values(batch + (2, 3), dtype=dtype))
        case("torch.linalg.eigvalsh(a)", a=symmetric(batch + (4, 4), dtype))
        case("torch.linalg.eigh(a).eigenvectors.abs()", a=symmetric(batch + (3, 3), dtype), tolerance=3e-4)
        case("torch.linalg.eigh(a, UPLO='U').eigenvalues", grad=False, a=m(3))
        case("torch.linalg.pinv(a)", a=values(batch + (4, 2), dtype=dtype), tolerance=3e-4)
        case("torch.linalg.pinv(a)", a=values(batch + (2, 3), dtype=dtype), tolerance=3e-4)
        case("torch.linalg.lstsq(a, b).solution", a=values(batch + (5, 2), dtype=dtype), b=values(batch + (5, 1), dtype=dtype), tolerance=3e-4)
        case("torch.linalg.matrix_power(a, 3)", a=m(2))
        case("torch.linalg.matrix_power(a, -2)", a=m(2))
        case("torch.linalg.matrix_power(a, 0)", grad=False, a=m(2))
        case("torch.linalg.matrix_exp(a)", a=values(batch + (3, 3), -1, 1, dtype))
        case("torch.linalg.matrix_norm(a)", a=values(batch + (3, 2), dtype=dtype))
        case("torch.linalg.matrix_norm(a, 'nuc')", a=values(batch + (3, 2), dtype=dtype))
        case("torch.linalg.matrix_norm(a, 2)", a=values(batch + (3, 2), dtype=dtype))
        case("torch.linalg.matrix_norm(a, -2)", a=values(batch + (3, 2), dtype=dtype))
        case("torch.linalg.matrix_norm(a, 1, keepdim=True)", a=values(batch + (3, 2), dtype=dtype))
        case("torch.linalg.matrix_norm(a, float('inf'))", a=values(batch + (3, 2), dtype=dtype))
        case("torch.linalg.cond(a)", grad=False, a=m(3))
        case("torch.linalg.cond(a, 'fro')", grad=False, a=m(3))
        case("torch.linalg.solve_triangular(a, b, upper=True)", a=m(3).triu(), b=values(batch + (3, 2), dtype=dtype))
        case("torch.linalg.solve_triangular(a, b, upper=False, left=False)", a=m(3).tril(), b=values(batch + (2, 3), dtype=dtype))
        case("torch.linalg.lu(a)[1]", a=m(3))
        case("torch.linalg.lu(a)[2]", a=m(3))
        case("torch.linalg.lu(a)[0]", grad=False, a=m(3))
        case("torch.linalg.eigvals(a).abs().sort().values", grad=False, a=m(4))
    case("torch.linalg.matrix_rank(a)", grad=False, a=torch.tensor([[1., 2.], [2., 4.]], dtype=dtype))
case("torch.linalg.solve(a, b)", a=regular((3, 3)), b=values((3,)))
case("torch.linalg.solve(a, b)", a=regular((2, 3, 3)), b=values((2, 3)))
case("torch.linalg.solve(a, b, left=False)", a=regular((3, 3)), b=values((2, 3)))
case("torch.linalg.solve(a, b)", a=regular((3, 3)), b=values((3, 3)), turned="ab")
case("torch.linalg.inv(a)", a=regular((3, 3)), turned="a")
# The gradient of the determinant of a singular matrix is checked in TensorCoreTests: PyTorch 2.15 gives 0.
case("torch.linalg.inv(a)", a=values((0, 0)))
case("torch.linalg.det(a)", grad=False, a=values((0, 0)))
for e in ("torch.inverse(a)", "torch.det(a)", "torch.logdet(a)", "a.inverse()", "a.det()", "torch.matrix_exp(a)"):
    case(e, a=positive((3, 3)))
case("torch.cholesky_solve(b, a)", grad=False, a=torch.linalg.cholesky(positive((3, 3))), b=values((3, 1)))
case("torch.cholesky_inverse(a)", grad=False, a=torch.linalg.cholesky(positive((3, 3))))
for o in ("2", "1", "0", "3", "float('inf')", "-float('inf')", "0.5"):
    case(f"torch.linalg.vector_norm(a, {o})", grad=o not in ("0",), a=values((5,), 0.2, 2))
    case(f"torch.linalg.norm(a, {o}, dim=1)", grad=o not in ("0",), a=values((2, 3), 0.2, 2))
case("torch.linalg.norm(a)", a=values((2, 3)))
case("torch.linalg.norm(a, 'fro')", a=values((2, 3)))
case("torch.norm(a, p=3, dim=0)", a=values((2, 3)))
case("torch.linalg.lstsq(a, b).residuals", grad=False, a=values((5, 2)), b=values((5, 2)))
case("torch.linalg.tensorinv(a, ind=1)", grad=False, a=regular((4, 4)).reshape(4, 2, 2))
case("torch.linalg.qr(a, mode='complete').Q.abs()", grad=False, a=values((4, 2)))
case("torch.linalg.qr(a, mode='r').R.abs()", grad=False, a=values((4, 2)))

# ------------------------------------------------------------------ convolutions
for x, w, how in [
    ((2, 3, 5, 6), (4, 3, 3, 3), ""), ((2, 3, 5, 6), (4, 3, 3, 3), ", padding=1"), ((1, 2, 7, 5), (3, 2, 3, 2), ", stride=2"),
    ((1, 2, 7, 6), (3, 2, 3, 3), ", stride=(2, 1), padding=(1, 2)"), ((1, 2, 8, 8), (2, 2, 3, 3), ", dilation=2"),
    ((2, 4, 5, 5), (4, 2, 3, 3), ", groups=2"), ((2, 4, 5, 5), (4, 1, 3, 3), ", groups=4, padding=1"),
    ((2, 3, 4, 4), (5, 3, 1, 1), ""), ((2, 3, 5, 5), (2, 3, 3, 3), ", padding='same'"), ((1, 1, 6, 6), (2, 1, 4, 4), ", padding='same'"),
    ((1, 2, 5, 5), (2, 2, 2, 2), ", padding='valid'"), ((3, 5, 5), (2, 3, 3, 3), ""), ((0, 3, 5, 5), (2, 3, 3, 3), ""),
    ((1, 2, 6, 6), (2, 2, 3, 3), ", dilation=(1, 2), padding='same'"), ((2, 1, 28, 28), (3, 1, 5, 5), ", stride=3"),
]:
    out = w[0]
    case(f"F.conv2d(x, w, b{how})", x=values(x), w=values(w, -1, 1), b=values(out), tolerance=1e-4)
case("F.conv2d(x, w)", x=values((2, 3, 5, 6), dtype=f64), w=values((4, 3, 3, 3), dtype=f64))
case("F.conv2d(x, w)", x=values((3, 2, 4, 6)).permute(1, 0, 2, 3), w=values((4, 3, 3, 3)), tolerance=1e-4)
for x, w, how in [
    ((2, 3, 8), (4, 3, 3), ""), ((2, 3, 8), (4, 3, 3), ", stride=2, padding=1"), ((1, 4, 9), (4, 2, 3), ", groups=2, dilation=2"),
    ((2, 2, 7), (3, 2, 4), ", padding='same'"), ((3, 8), (2, 3, 3), ""), ((2, 3, 5), (2, 3, 1), ""),
]:
    case(f"F.conv1d(x, w, b{how})", x=values(x), w=values(w, -1, 1), b=values(w[0]), tolerance=1e-4)
for x, w, how in [
    ((1, 2, 3, 4), (2, 3, 3, 3), ""), ((2, 2, 3, 3), (2, 2, 2, 2), ", stride=2"), ((1, 2, 4, 4), (2, 3, 3, 3), ", stride=2, padding=1, output_padding=1"),
    ((1, 4, 3, 3), (4, 2, 3, 3), ", groups=2"), ((1, 2, 3, 3), (2, 1, 3, 3), ", dilation=2"), ((2, 3, 3), (2, 1, 2, 2), ""),
]:
    groups = 2 if "groups=2" in how else 1
    case(f"F.conv_transpose2d(x, w, b{how})", x=values(x), w=values(w, -1, 1), b=values(w[1] * groups), tolerance=1e-4)
case("F.conv_transpose1d(x, w, b, stride=2)", x=values((2, 3, 4)), w=values((3, 2, 3)), b=values(2), tolerance=1e-4)
case("F.conv_transpose1d(x, w, stride=3, padding=1, output_padding=2)", x=values((1, 2, 4)), w=values((2, 2, 3)), tolerance=1e-4)

# ------------------------------------------------------------------ pools
for x, how in [
    ((2, 3, 6, 6), "2"), ((1, 2, 7, 5), "3, stride=2"), ((1, 2, 7, 5), "3, stride=2, padding=1"), ((1, 1, 7, 7), "(2, 3)"),
    ((1, 1, 7, 7), "2, stride=2, ceil_mode=True"), ((2, 5, 5), "2"), ((1, 2, 8, 8), "3, dilation=2"), ((0, 2, 4, 4), "2"),
]:
    case(f"F.max_pool2d(x, {how})", x=values(x))
    case(f"F.max_pool2d(x, {how}, return_indices=True)[1]", grad=False, x=values(x))
    if "dilation" not in how:
        case(f"F.avg_pool2d(x, {how})", x=values(x))
for how in ("2, padding=1, count_include_pad=False", "3, stride=2, padding=1, ceil_mode=True", "2, divisor_override=3"):
    case(f"F.avg_pool2d(x, {how})", x=values((1, 2, 6, 5)))
case("F.max_pool2d(x, 2)", grad=False, x=torch.tensor([[[1.0, float("nan")], [3.0, 2.0]]]))
for how in ("2", "3, stride=1", "2, padding=1", "3, ceil_mode=True"):
    case(f"F.max_pool1d(x, {how})", x=values((2, 3, 8)))
    case(f"F.avg_pool1d(x, {how})", x=values((2, 3, 8)))
for size in ("1", "2", "3", "(2, 3)", "(None, 2)", "(5, 4)"):
    case(f"F.adaptive_avg_pool2d(x, {size})", x=values((2, 2, 5, 4)))
    case(f"F.adaptive_max_pool2d(x, {size})", x=values((2, 2, 5, 4)))
for size in (1, 3, 4):
    case(f"F.adaptive_avg_pool1d(x, {size})", x=values((2, 2, 7)))
    case(f"F.adaptive_max_pool1d(x, {size})", x=values((2, 2, 7)))
case("F.max_unpool2d(*F.max_pool2d(x, 2, return_indices=True), 2)", x=values((1, 2, 4, 4)))
case("F.lp_pool2d(x, 2, 2)", x=values((1, 2, 4, 4), 0.2, 2))

# ------------------------------------------------------------------ padding, resizing, patches
for pad in ("(1, 2)", "(1, 0, 2, 1)", "(-1, 2)", "(0, 0, 1, -1)", "(1, 1, 1, 1, 1, 1)"):
    case(f"F.pad(x, {pad})", x=values((2, 3, 4)))
    case(f"F.pad(x, {pad}, value=1.5)", x=values((2, 3, 4)))
case("F.pad(x, (1, 1), 'constant', True)", grad=False, x=torch.tensor([False, True]))
case("F.pad(x, (2, 1), value=7)", grad=False, x=torch.tensor([[1, 2], [3, 4]]))
for mode in ("reflect", "replicate", "circular"):
    case(f"F.pad(x, (2, 1), mode='{mode}')", x=values((2, 3, 4)))
    case(f"F.pad(x, (2, 1, 1, 2), mode='{mode}')", x=values((1, 2, 3, 4)))
    case(f"F.pad(x, (2, 1, 1, 2), mode='{mode}')", x=values((1, 2, 4, 3)), turned="x")
for mode in ("nearest", "nearest-exact", "bilinear", "bicubic", "area"):
    for size in ("size=(5, 7)", "size=(2, 2)", "scale_factor=2", "size=(3, 4)") + (() if mode == "area" else ("scale_factor=1.7",)):
        case(f"F.interpolate(x, {size}, mode='{mode}')", x=values((1, 2, 3, 4)), tolerance=1e-4)
for mode in ("bilinear", "bicubic"):
    for size in ("size=(5, 7)", "scale_factor=2", "size=(1, 1)"):
        case(f"F.interpolate(x, {size}, mode='{mode}', align_corners=True)", x=values((1, 2, 3, 4)), tolerance=1e-4)
for mode in ("nearest", "linear", "area"):
    case(f"F.interpolate(x, size=7, mode='{mode}')", x=values((1, 2, 4)))
case("F.interpolate(x, scale_factor=(2, 3))", x=values((1, 2, 3, 4)))
case("F.pixel_shuffle(x, 2)", x=values((1, 8, 2, 3)))
case("F.pixel_unshuffle(x, 2)", x=values((1, 2, 4, 6)))
for how in ("2", "(2, 3)", "2, stride=2", "3, padding=1", "2, dilation=2"):
    case(f"F.unfold(x, {how})", x=values((1, 2, 5, 6)))
case("F.fold(x, (4, 5), 2)", x=values((1, 8, 12)))
case("F.fold(x, (4, 4), 2, stride=2)", x=values((2, 4, 4)))
case("x.unfold(0, 3, 1)", x=values((6,)))
case("x.unfold(1, 2, 2)", x=values((2, 5)))
case("x.unfold(1, 3, 2)", x=values((2, 5)), turned="x")
case("torch.as_strided(x, (2, 3), (1, 2))", x=values((8,)))
case("F.one_hot(x)", grad=False, x=torch.tensor([0, 2, 1]))
case("F.one_hot(x, 4)", grad=False, x=torch.tensor([[0, 2], [1, 3]]))

# ------------------------------------------------------------------ Fourier
for n in (1, 2, 3, 5, 8, 12, 31, 37, 100):
    case("torch.fft.fft(x)", x=values((n,)), tolerance=1e-4)
    case("torch.fft.rfft(x)", x=values((n,)), tolerance=1e-4)
for how in ("", ", n=4", ", n=9", ", dim=0", ", norm='ortho'", ", norm='forward'"):
    case(f"torch.fft.fft(x{how})", x=values((3, 6)))
    case(f"torch.fft.ifft(x{how})", x=values((3, 6), dtype=torch.complex64))
    case(f"torch.fft.rfft(x{how})", x=values((3, 6)))
    case(f"torch.fft.irfft(x{how})", x=values((3, 6), dtype=torch.complex64))
case("torch.fft.irfft(x, n=7)", x=values((4,), dtype=torch.complex128))
case("torch.fft.rfft(x).abs()", x=values((7,), dtype=f64))
case("torch.fft.rfft(x).abs().square().sum()", x=values((8,)))
case("torch.fft.irfft(torch.fft.rfft(x) * w, n=8)", x=values((8,)), w=values((5,)))
for e in ("fft2", "ifft2", "rfft2", "fftn", "rfftn"):
    case(f"torch.fft.{e}(x)", x=values((2, 3, 4)))
case("torch.fft.irfft2(x)", x=values((3, 3), dtype=torch.complex64))
case("torch.fft.irfftn(x, s=(3, 5))", x=values((3, 3), dtype=torch.complex64))
case("torch.fft.hfft(x)", x=values((4,), dtype=torch.complex64))
case("torch.fft.ihfft(x)", x=values((5,)))
case("torch.fft.fftfreq(5, d=0.1)", grad=False)
case("torch.fft.rfftfreq(6)", grad=False)
case("torch.fft.fftshift(x)", x=values((5,)))
case("torch.fft.ifftshift(x)", x=values((2, 5)))
case("torch.stft(x, 16, hop_length=4, window=w, return_complex=True)", x=values((40,)), w=torch.hann_window(16), tolerance=1e-4)
case("torch.stft(x, 8, return_complex=True, center=False, normalized=True)", x=values((2, 30)), tolerance=1e-4)
case("torch.stft(x, 8, win_length=6, return_complex=True, onesided=False)", x=values((20,)), tolerance=1e-4)
case("torch.istft(torch.stft(x, 16, 4, window=w, return_complex=True), 16, 4, window=w, length=40)", grad=False, x=values((40,)), w=torch.hann_window(16), tolerance=1e-4)
for name in ("hann", "hamming", "blackman", "bartlett", "kaiser"):
    case(f"torch.{name}_window(8)", grad=False)
    case(f"torch.{name}_window(7, periodic=False)", grad=False)

# ------------------------------------------------------------------ complex
z, w = values((2, 3), dtype=torch.complex64), values((2, 3), dtype=torch.complex64)
for e in ("a + b", "a - b", "a * b", "a / b", "a * 2", "a + 1.5", "-a", "a.abs()", "a.angle()", "a.conj()", "a.real", "a.imag",
          "a.exp()", "a.sum(0)", "a.mean()", "a.reshape(3, 2)", "a.T", "torch.view_as_real(a)", "a == b", "a[0]",
          "a.square()", "torch.cat([a, b])", "a @ b.T", "a.reciprocal()", "a.sqrt()", "a.log()"):
    case(e, a=z, b=w)
case("torch.complex(a, b)", a=values(3), b=values(3))
case("torch.polar(a, b)", a=values(3, 0.2, 2), b=values(3))
case("torch.view_as_complex(a)", a=values((3, 2)))
case("a.prod()", grad=False, a=z)
case("a * b", a=values(3), b=values(3, dtype=torch.complex64))
case("a.to(torch.complex128)", a=values(3))

# ------------------------------------------------------------------ special functions
for name, (low, high) in {
    "lgamma": (0.2, 5), "digamma": (0.2, 5), "erfinv": (-0.95, 0.95), "i0": (-4, 4), "sinc": (-3, 3), "frac": (-3, 3), "sgn": (-2, 2),
    "deg2rad": (-180, 180), "rad2deg": (-3, 3), "logit": (0.1, 0.9), "positive": (-2, 2), "signbit": (-2, 2),
}.items():
    for shape in ((5,), (2, 3), (), (0, 2)):
        case(f"torch.{name}(x)", grad=name != "signbit", x=values(shape, low, high), tolerance=1e-5)
    case(f"torch.{name}(x)", grad=name != "signbit", x=values((4, 3), low, high, f64), turned="x")
for name, (low, high) in {
    "digamma": (-2.9, -2.1), "psi": (0.1, 9), "gammaln": (0.1, 9), "erf": (-2, 2), "erfc": (-2, 2), "erfinv": (-0.9, 0.9), "exp2": (-2, 2),
    "expit": (-5, 5), "expm1": (-2, 2), "i0": (-30, 30), "i0e": (-30, 30), "i1": (-5, 5), "i1e": (-30, 30), "log1p": (-0.5, 5), "ndtr": (-4, 4),
    "ndtri": (0.01, 0.99), "log_ndtr": (-9, 3), "entr": (0.1, 3), "sinc": (-3, 3), "round": (-3, 3), "logit": (0.1, 0.9),
}.items():
    case(f"torch.special.{name}(x)", grad=name != "round", x=values((6,), low, high, f64), tolerance=1e-9)
case("torch.polygamma(1, x)", x=values((5,), 0.2, 4, f64))
case("torch.mvlgamma(x, 3)", x=values((4,), 2, 5))
case("torch.special.xlog1py(x, y)", x=values(4), y=values(4, 0.1, 2))
for name in ("hypot", "copysign", "fmax", "fmin", "xlogy", "logaddexp", "logaddexp2", "atan2"):
    for s, t in (((4,), (4,)), ((2, 3), (3,)), ((2, 1), (1, 3)), ((), (2,)), ((0, 2), (2,))):
        case(f"torch.{name}(x, y)", x=values(s, 0.1, 2), y=values(t, 0.1, 2))
    case(f"torch.{name}(x, y)", x=values((4, 3), 0.1, 2, f64), y=values((4, 3), 0.1, 2, f64), turned="y")
nan = float("nan")
for name in ("fmax", "fmin", "maximum"):
    case(f"torch.{name}(x, y)", grad=False, x=torch.tensor([1., nan, nan, 3.]), y=torch.tensor([2., 1., nan, nan]))
case("torch.nextafter(x, y)", grad=False, x=values(4), y=values(4))
for name in ("gcd", "lcm"):
    case(f"torch.{name}(x, y)", grad=False, x=torch.tensor([12, -18, 0, 7]), y=torch.tensor([18, 12, 5, 0]))
case("torch.heaviside(x, y)", grad=False, x=torch.tensor([-1., 0., 2., nan]), y=torch.tensor(0.5))
case("torch.float_power(x, 2)", grad=False, x=torch.tensor([1, 2, 3]))
case("torch.ldexp(x, y)", x=values(3), y=torch.tensor([1, 2, -1]))
case("torch.frexp(x).mantissa", grad=False, x=torch.tensor([8., -3., 0., 0.1]))
case("torch.frexp(x).exponent", grad=False, x=torch.tensor([8., -3., 0., 0.1]))
case("torch.nan_to_num(x)", grad=False, x=torch.tensor([nan, float("inf"), -float("inf"), 1.]))
case("torch.nan_to_num(x, 1.0, 2.0, 3.0)", grad=False, x=torch.tensor([nan, float("inf"), -float("inf"), 1.]))
case("torch.addcmul(x, y, z, value=0.5)", x=values((2, 3)), y=values((2, 1)), z=values((3,)))
case("torch.addcdiv(x, y, z, value=2)", x=values((2, 3)), y=values((2, 3)), z=values((2, 3), 0.5, 2))
case("torch.lerp(x, y, 0.3)", x=values((2, 3)), y=values((2, 3)))
case("torch.lerp(x, y, z)", x=values((2, 3)), y=values((2, 3)), z=values((3,)))
case("torch.clamp(x, y, z)", x=values((2, 3)), y=values((3,), -1, 0), z=values((3,), 0, 1))
case("torch.clamp_min(x, 0.3)", x=values(5))
case("torch.clamp_max(x, 0.3)", x=values(5))
for e in ("torch.isposinf(x)", "torch.isneginf(x)", "torch.isreal(x)"):
    case(e, grad=False, x=torch.tensor([1., float("inf"), -float("inf"), nan]))
case("torch.bitwise_not(x)", grad=False, x=torch.tensor([1, -2, 0]))
case("torch.isin(x, y)", grad=False, x=torch.tensor([[1, 2], [3, 4]]), y=torch.tensor([2, 4, 9]))
case("F.gelu(x, approximate='tanh')", x=values(7, -4, 4))

# ------------------------------------------------------------------ scatter
idx = torch.tensor([[0, 2, 1], [2, 0, 0]])
for e in ("x.scatter(1, i, s)", "x.scatter_add(1, i, s)", "torch.scatter(x, 0, i % 2, s)"):
    grads = "scatter(" not in e
    case(e, grad=grads, x=values((2, 3)), i=idx, s=values((2, 3)))
case("x.scatter(1, i, s)", x=values((2, 3)), i=torch.tensor([[0, 2], [2, 1]]), s=values((2, 2)))
case("x.scatter(1, i, 1.5)", x=values((2, 3)), i=torch.tensor([[0], [2]]))
case("torch.zeros(2, 4).scatter_(1, i, 1.0)", grad=False, i=torch.tensor([[3], [1]]))
for reduce in ("sum", "prod", "mean", "amax", "amin"):
    for include in (True, False):
        case(f"x.scatter_reduce(0, i, s, '{reduce}', include_self={include})", grad=include, x=values((4,), 0.5, 2), i=torch.tensor([0, 2, 0, 1, 2]), s=values((5,), 0.5, 2))
    case(f"x.scatter_reduce(1, i, s, '{reduce}')", grad=False, x=torch.tensor([[1, 2], [3, 4]]), i=torch.tensor([[0, 0], [1, 0]]), s=torch.tensor([[5, 6], [7, 8]]))
case("x.index_add(0, i, s)", x=values((3, 2)), i=torch.tensor([0, 2, 0]), s=values((3, 2)))
case("x.index_add(1, i, s, alpha=2)", x=values((2, 3)), i=torch.tensor([2, 1]), s=values((2, 2)))
case("x.index_copy(0, i, s)", x=values((3, 2)), i=torch.tensor([2, 0]), s=values((2, 2)))
case("x.index_fill(1, i, 2.5)", x=values((2, 3)), i=torch.tensor([0, 2]))
case("x.masked_scatter(m, s)", x=values((2, 3)), m=torch.tensor([[True, False, True], [False, True, False]]), s=values((4,)))
case("x.masked_fill(m, 9.0)", x=values((2, 3)), m=torch.tensor([True, False, True]))
case("x.masked_select(m)", x=values((2, 3)), m=torch.tensor([[True], [False]]))
case("torch.take_along_dim(x, i, 1)", x=values((2, 3)), i=torch.tensor([[2, 0], [1, 1]]))
case("torch.take_along_dim(x, x.argsort(0), 0)", x=values((3, 2)))
case("torch.take(x, i)", x=values((2, 3)), i=torch.tensor([[0, 5], [2, 2]]))
case("x.clone().index_put_((i,), v, accumulate=True)", grad=False, x=values((3,)), i=torch.tensor([0, 0, 2]), v=values((3,)))
case("torch.zeros(3, 3).fill_diagonal_(2)", grad=False)
case("x.gather(1, i)", x=values((2, 3)), i=torch.tensor([[0, 0], [2, 1]]), turned="")

# ------------------------------------------------------------------ order, counts, running
x1 = values((3, 5))
for e in ("torch.kthvalue(x, 2)[0]", "torch.kthvalue(x, 3, dim=0, keepdim=True)[0]", "torch.cummax(x, 1)[0]", "torch.cummin(x, 0)[0]",
          "torch.logcumsumexp(x, 1)", "torch.logcumsumexp(x, 0)", "torch.quantile(x, 0.3)", "torch.quantile(x, 0.75, dim=1)",
          "torch.quantile(x, 0.5, dim=0, keepdim=True)", "torch.nanquantile(x, 0.4, dim=1)", "torch.median(x, dim=1)[0]", "torch.nanmedian(x, dim=0)[0]",
          "torch.msort(x)", "torch.nansum(x, dim=1)", "torch.nanmean(x)", "torch.std_mean(x, dim=1)[0]", "torch.var_mean(x)[0]", "x.logsumexp(0)",
          "torch.diff(x)", "torch.diff(x, n=2, dim=0)", "torch.cov(x)", "torch.corrcoef(x)", "torch.trapezoid(x)", "torch.trapezoid(x, dx=0.5, dim=0)",
          "torch.cumulative_trapezoid(x)", "torch.gradient(x, dim=1)[0]", "torch.gradient(x, spacing=0.5)[0]", "torch.cumsum(x, 1)", "torch.cumprod(x, 0)",
          "torch.sort(x, dim=0, descending=True)[0]", "torch.topk(x, 2)[0]", "torch.aminmax(x)[1]", "torch.amax(x, (0, 1))", "x.max(1)[0]"):
    case(e, x=x1)
    case(e, x=values((5, 3), dtype=f64), turned="x")
for e in ("torch.kthvalue(x, 2)[1]", "torch.cummax(x, 1)[1]", "torch.cummin(x, 0)[1]", "torch.median(x, dim=1)[1]", "torch.argsort(x, dim=0)",
          "torch.histc(x, 4)", "torch.histc(x, 5, -1, 1)", "torch.searchsorted(x.sort(1)[0], x)", "torch.count_nonzero(x, dim=0)"):
    case(e, grad=False, x=x1)
ties = torch.tensor([[1, 2, 2, 3], [3, 3, 1, 1]])
for e in ("torch.mode(x)[0]", "torch.mode(x)[1]", "torch.cummax(x, 1)[1]", "torch.unique(x)", "torch.unique(x, dim=0)", "torch.unique(x, return_counts=True)[1]",
          "torch.unique_consecutive(x)", "torch.unique_consecutive(x, return_inverse=True)[1]", "torch.unique_consecutive(x, return_counts=True)[1]",
          "torch.bincount(x.flatten())", "torch.bincount(x.flatten(), minlength=6)", "torch.kthvalue(x, 2)[0]", "torch.sort(x, stable=True)[1]", "torch.diff(x)"):
    case(e, grad=False, x=ties)
withnan = torch.tensor([[1., nan, 3.], [nan, nan, 2.]])
for e in ("torch.nansum(x)", "torch.nanmean(x, dim=1)", "torch.nanmedian(x)", "torch.nanmedian(x, dim=1)[0]", "torch.median(x, dim=1)[0]", "torch.nanquantile(x, 0.5, dim=1)",
          "torch.quantile(x, 0.5, dim=1)", "torch.cummax(x, 1)[0]", "x.sort(1)[0]", "x.max(1)[0]", "torch.nan_to_num(x, 0.5)"):
    case(e, grad=False, x=withnan)
for how in ("linear", "lower", "higher", "midpoint", "nearest"):
    case(f"torch.quantile(x, torch.tensor([0.1, 0.6]), dim=1, interpolation='{how}')", grad=False, x=x1)
case("torch.bucketize(x, b)", grad=False, x=torch.tensor([[1, 3], [5, 7]]), b=torch.tensor([1, 3, 6]))
case("torch.bucketize(x, b, right=True)", grad=False, x=torch.tensor([[1, 3], [5, 7]]), b=torch.tensor([1, 3, 6]))
case("torch.bincount(x, w)", grad=False, x=torch.tensor([0, 1, 1]), w=torch.tensor([0.5, 1., 2.]))
case("torch.histogram(x, 3)[0]", grad=False, x=values(9))
case("torch.cov(x, correction=0, fweights=f)", grad=False, x=values((2, 3)), f=torch.tensor([1, 2, 1]))
case("torch.cov(x, aweights=f)", grad=False, x=values((2, 3)), f=torch.tensor([0.5, 1., 2.]))
case("torch.trapezoid(y, x)", y=values(5), x=values(5))
case("torch.diff(x, prepend=y)", x=values(4), y=values(2))
case("torch.gradient(x, spacing=(c,))[0]", grad=False, x=values(5), c=torch.tensor([0., 1., 3., 4., 6.]))
case("torch.gradient(x, edge_order=2)[0]", x=values(5))

# ------------------------------------------------------------------ arrangement
for e in ("torch.rot90(x)", "torch.rot90(x, 2)", "torch.rot90(x, -1, (1, 0))", "torch.diag_embed(x)", "torch.diag_embed(x, 1)", "torch.diag_embed(x, 0, 0, 2)",
          "torch.diagflat(x)", "torch.diagonal(x, 1)", "torch.flip(x, (0,))", "torch.roll(x, (1, 2), (0, 1))", "torch.tile(x, (2, 1))",
          "torch.repeat_interleave(x, 2, dim=1)", "x.movedim(0, 1)", "torch.atleast_3d(x)", "torch.dstack([x, x])", "torch.column_stack([x, x])",
          "torch.hsplit(x, 3)[1]", "torch.tensor_split(x, 2, dim=1)[0]", "torch.tensor_split(x, (1,), dim=1)[1]", "torch.vsplit(x, 2)[0]",
          "torch.tril(x)", "torch.triu(x, 1)", "x.unflatten(1, (3, 1))", "torch.swapaxes(x, 0, 1)", "x.mT", "x.sum_to_size(1, 3)"):
    case(e, x=values((2, 3)))
for e in ("torch.tril_indices(3, 4, 1)", "torch.triu_indices(3, 3)", "torch.tril_indices(2, 5, -1)", "torch.arange(6).reshape(2, 3).rot90()",
          "torch.meshgrid(torch.arange(2), torch.arange(3), indexing='xy')[0]", "torch.linspace(0, 1, 5)", "torch.logspace(0, 2, 3)", "torch.eye(2, 3)"):
    case(e, grad=False)

# ------------------------------------------------------------------ half floats
for dtype in (torch.float16, torch.bfloat16):
    name = str(dtype)
    h = values((2, 3)).to(dtype)
    for e in ("x.float()", "x + x", "x * 2", "x - 1", "x.sum()", "x.mean(0)", "x.max()", "x.abs()", "x.exp()", "x @ x.T", "x.to(torch.float64)", "x > 0",
              "x.int()", "torch.cat([x, x])", "x.sort(1)[0]", "torch.relu(x)", "x.softmax(1)", "x / 3", "x.cumsum(0)", "x[0]", "torch.where(x > 0, x, -x)"):
        case(e, grad=False, x=h, tolerance=1e-2 if e in ("x.softmax(1)", "x @ x.T", "x.cumsum(0)", "x.mean(0)", "x.exp()", "x.sum()", "x / 3") else None)
    case(f"x.to({name})", grad=False, x=torch.tensor([1.0, 0.1, 65504.0, 1e-7, 3e38, nan, float("inf"), -2.00048828125]))
    case(f"x.to({name})", grad=False, x=torch.tensor([1, 2049, 4097, -3]))
write("torch.json")

# ------------------------------------------------------------------ numpy
a, b = np.random.RandomState(7), np.random.RandomState(8)


def ncase(expression, tolerance=None, **operands):
    out = eval(expression, {"np": np}, dict(operands))
    outs = list(out) if isinstance(out, (tuple, list)) else [out]
    def np_pack(x):
        x = np.asarray(x)
        if x.dtype == np.bool_:
            data = " ".join("1" if v else "0" for v in x.reshape(-1))
        elif x.dtype.kind == "c":
            data = " ".join(repr(float(v)) for z in x.reshape(-1) for v in (z.real, z.imag))
        elif x.dtype == np.float32:
            data = " ".join(str(v) for v in x.reshape(-1))
        else:
            data = " ".join(repr(v) for v in x.reshape(-1).tolist())
        return {"dtype": str(x.dtype), "shape": list(x.shape), "data": data}
    entry = {"expression": expression, "operands": {k: np_pack(v) for k, v in operands.items()}, "turned": [],
             "outputs": [np_pack(o) for o in outs]}
    if tolerance:
        entry["tolerance"] = tolerance
    CASES.append(entry)


r = lambda *s: np.round(np.random.RandomState(sum(s) + 5).uniform(-2, 2, s), 3)
pos = lambda *s: np.abs(r(*s)) + 0.1
reg = lambda n: r(n, n) + 3 * np.eye(n)
ints = np.array([[3, 1, 2], [9, 7, 8]])
for e in ("np.einsum('ij,jk->ik', x, y)", "np.einsum('ij,jk', x, y)", "np.tensordot(x, y, 1)", "np.tensordot(x, y, axes=([1], [0]))", "np.kron(x, y)", "np.dot(x, y)",
          "np.einsum('ij->j', x)", "np.einsum('ij,ij->i', x, x)", "np.einsum(x, [0, 1], y, [1, 2])", "np.matmul(x, y)", "x @ y", "np.inner(x, x)", "np.vdot(x, x)"):
    ncase(e, x=r(2, 3), y=r(3, 2))
ncase("np.cross(x, y)", x=r(2, 3), y=r(2, 3))
ncase("np.cross(x, y)", x=np.array([1, 0, 0]), y=np.array([0, 1, 0]))
ncase("np.vander(x, 3)", x=np.array([1, 2, 3]))
for e in ("np.linalg.inv(x)", "np.linalg.det(x)", "np.linalg.slogdet(x)", "np.linalg.pinv(x)", "np.linalg.matrix_power(x, 3)", "np.linalg.matrix_power(x, -1)",
          "np.linalg.cond(x)", "np.linalg.cond(x, 1)", "np.linalg.matrix_rank(x)", "np.linalg.norm(x)", "np.linalg.norm(x, 1)", "np.linalg.norm(x, 2)", "np.linalg.norm(x, np.inf)",
          "np.linalg.norm(x, 'nuc')", "np.linalg.norm(x, axis=1)", "np.linalg.norm(x, 1, axis=0)", "np.linalg.svd(x)[1]", "np.linalg.svd(x, compute_uv=False)",
          "np.abs(np.linalg.qr(x)[1])", "np.abs(np.linalg.qr(x)[0])", "np.sort(np.abs(np.linalg.eigvals(x)))", "np.trace(x)", "np.linalg.solve(x, x)"):
    ncase(e, x=reg(3))
    ncase(e, x=reg(4).astype(np.float32), tolerance=1e-4)
ncase("np.linalg.solve(x, y)", x=reg(3), y=r(3))
ncase("np.linalg.lstsq(x, y, rcond=None)[0]", x=r(5, 2), y=r(5))
ncase("np.linalg.lstsq(x, y, rcond=None)[1]", x=r(5, 2), y=r(5))
ncase("np.linalg.lstsq(x, y, rcond=None)[2]", x=r(5, 2), y=r(5))
ncase("np.linalg.eigh(x)[0]", x=reg(3) + reg(3).T)
ncase("np.abs(np.linalg.eigh(x)[1])", x=reg(3) + reg(3).T)
ncase("np.linalg.eigvalsh(x)", x=reg(3) + reg(3).T)
ncase("np.linalg.cholesky(x)", x=reg(3) @ reg(3).T)
ncase("np.linalg.eigvals(x)", x=np.array([[0., -1.], [1., 0.]]))
ncase("np.linalg.eig(x)[0]", x=np.array([[2., 0.], [0., 3.]]))
ncase("np.linalg.inv(x)", x=np.array([[1, 2], [3, 4]]))
ncase("np.linalg.multi_dot([x, y, x])", x=r(2, 3), y=r(3, 2))
for e in ("np.fft.fft(x)", "np.fft.ifft(x)", "np.fft.rfft(x)", "np.fft.irfft(x)", "np.fft.fft(x, 5)", "np.fft.fft(x, norm='ortho')", "np.fft.fftshift(x)", "np.abs(np.fft.fft(x))",
          "np.angle(np.fft.fft(x))", "np.fft.fft(x).real", "np.fft.fft(x).imag", "np.conj(np.fft.fft(x))", "np.real(np.fft.ifft(np.fft.fft(x)))", "np.abs(np.fft.rfft(x)) ** 2"):
    ncase(e, x=r(8))
    ncase(e, x=r(2, 6))
ncase("np.fft.fft2(x)", x=r(3, 4))
ncase("np.fft.ifft2(np.fft.fft2(x)).real", x=r(3, 4))
ncase("np.fft.fftfreq(6, 0.5)")
ncase("np.fft.rfftfreq(7)")
ncase("np.fft.fft(x)", x=np.array([1, 2, 3]))
for e in ("np.percentile(x, 30)", "np.percentile(x, [25, 50, 75], axis=0)", "np.quantile(x, 0.4, axis=1, keepdims=True)", "np.percentile(x, 40, method='lower')", "np.percentile(x, 40, method='nearest')",
          "np.percentile(x, 40, method='midpoint')", "np.median(x, axis=1)", "np.cov(x)", "np.corrcoef(x)", "np.histogram(x, 4)", "np.histogram(x, 4, density=True)", "np.histogram(x, bins=[-2, 0, 1, 2])",
          "np.gradient(x)", "np.gradient(x, 0.5, axis=1)", "np.gradient(x, axis=0, edge_order=1)", "np.trapezoid(x)", "np.trapezoid(x, dx=2, axis=0)", "np.diff(x, 2)", "np.ediff1d(x)", "np.cumsum(x, 1)",
          "np.ptp(x, axis=0)", "np.average(x, axis=0)", "np.argsort(x, axis=0)", "np.sort(x, axis=None)", "np.rot90(x)", "np.flip(x)", "np.roll(x, 2, axis=1)", "np.pad(x, 1)", "np.pad(x, ((1, 0), (0, 2)), constant_values=5)",
          "np.pad(x, 2, mode='reflect')", "np.pad(x, 1, mode='edge')", "np.pad(x, 2, mode='symmetric')", "np.pad(x, 2, mode='wrap')", "np.pad(x, 1, mode='mean')", "np.pad(x, 2, mode='linear_ramp')", "np.pad(x, 1, mode='maximum')",
          "np.dstack([x, x])", "np.column_stack([x, x])", "np.moveaxis(x, 0, 1)", "np.rollaxis(x, 1)", "np.atleast_3d(x)", "np.tril(x)", "np.triu(x, 1)", "np.diagflat(x)", "np.apply_along_axis(np.sum, 1, x)",
          "np.sinc(x)", "np.cbrt(x)", "np.signbit(x)", "np.i0(x)", "np.modf(x)", "np.frexp(x)", "np.nan_to_num(x)", "np.heaviside(x, 0.5)", "np.hypot(x, x)", "np.logaddexp(x, 1)", "np.copysign(x, -1)", "np.fmax(x, 0)",
          "np.float_power(np.abs(x), 2)", "np.ldexp(x, 2)", "np.divmod(x, 0.7)", "np.unravel_index(np.argmax(x), x.shape)", "np.argwhere(x > 0)", "np.nonzero(x > 0)", "np.flatnonzero(x > 0)", "np.extract(x > 0, x)",
          "np.compress([True, False, True], x, axis=0)", "np.take_along_axis(x, np.argsort(x, 1), 1)", "np.select([x > 1, x > 0], [x, -x], 9)", "np.where(x > 0, x, 0)", "np.clip(x, -1, 1)", "np.isclose(x, x + 1e-9)",
          "np.partition(x, 1, axis=1)[:, 0]", "np.nanmax(x)", "np.nanargmax(x, axis=1)", "np.nanprod(x)", "np.nanmedian(x)", "np.nanpercentile(x, 20)", "np.nancumsum(x)", "np.piecewise(x, [x < 0, x >= 0], [-1, 1])",
          "np.take(x, [0, 2])", "np.delete(x, 1, axis=0)", "np.insert(x, 1, 9)", "np.append(x, x, axis=0)", "np.expand_dims(x, (0, 2)).shape", "np.resize(x, (2, 3))", "np.vsplit(x, 3)[1]", "np.block([[x, x], [x, x]])"):
    ncase(e, x=r(3, 4))
for e in ("np.unique(x)", "np.unique(x, return_counts=True)", "np.unique(x, return_inverse=True)", "np.unique(x, axis=0)", "np.bincount(x.ravel())", "np.isin(x, [1, 9])", "np.intersect1d(x, [1, 2, 5])", "np.union1d(x, [5])",
          "np.setdiff1d(x, [1])", "np.setxor1d(x, [1, 5])", "np.digitize(x, [2, 5, 8])", "np.searchsorted([1, 3, 8], x)", "np.gcd(x, 6)", "np.lcm(x, 4)", "np.lexsort((x[0], x[1]))", "np.ravel_multi_index((x[0] % 2, x[1] % 2), (2, 2))",
          "np.choose(x % 2, [x, -x])", "np.tile(x, 2)", "np.repeat(x, 2, axis=1)", "np.trim_zeros(x[0] - 1)", "np.bitwise_and(x, 3)", "np.left_shift(x, 1)", "np.invert(x)", "np.cumprod(x)", "np.mean(x)", "np.std(x)", "np.prod(x, axis=0)",
          "np.pad(x, 1, mode='mean')", "np.polyval([1, 0, 2], x)", "np.power(x, 2)", "np.mod(x, 4)", "np.floor_divide(x, 2)", "x / 2", "np.sqrt(x)", "np.average(x, weights=x)", "np.diff(x)", "np.histogram(x)"):
    ncase(e, x=ints)
ncase("np.interp([0.5, 1.5, 9], [1, 2, 3], [3, 2, 0])")
ncase("np.interp(x, [1, 2, 3], [3, 2, 0], left=-1, right=-2)", x=np.array([0., 1., 2.5, 9.]))
for mode in ("full", "same", "valid"):
    ncase(f"np.convolve(x, y, '{mode}')", x=r(6), y=r(3))
    ncase(f"np.convolve(x, y, '{mode}')", x=np.array([1, 2, 3]), y=np.array([0, 1]))
    ncase(f"np.correlate(x, y, '{mode}')", x=r(6), y=r(3))
ncase("np.polyfit(x, y, 2)", x=np.arange(6.), y=r(6))
ncase("np.polyfit(x, y, 1)", x=np.arange(5), y=np.array([1., 3., 5., 7., 9.]), tolerance=1e-9)
for e in ("np.polyval([3, 0, 1], 5)", "np.polyder([1, 2, 3, 4])", "np.polyint([3, 2, 1])", "np.polyadd([1, 2], [9, 5, 4])", "np.polysub([2, 10, -2], [3, 10])", "np.polymul([1, 2], [1, 3])", "np.sort(np.roots([1, -6, 11, -6]))",
          "np.roots([1, 0, 1])", "np.poly([1, 2, 3])", "np.geomspace(1, 1000, 4)", "np.logspace(0, 2, 5)", "np.linspace(0, 1, 4, endpoint=False)", "np.tri(3, 4, 1)", "np.indices((2, 3))", "np.fromfunction(lambda i, j: i * j, (3, 3))",
          "np.mgrid[0:2, 0:3]", "np.ogrid[0:2, 0:3]", "np.r_[1:4, 0, 9]", "np.c_[[1, 2], [3, 4]]", "np.ix_([0, 2], [1])", "np.tril_indices(3)", "np.triu_indices(3, 1)", "np.diag_indices(2)", "np.hanning(6)", "np.hamming(5)",
          "np.blackman(5)", "np.bartlett(5)", "np.kaiser(5, 8.6)", "np.unravel_index([5, 7], (3, 4))", "np.meshgrid(np.arange(3), np.arange(2))", "np.identity(3)", "np.vander([1, 2, 3], increasing=True)", "np.diag([1, 2], k=1)",
          "np.histogram2d([1., 2., 2.], [1., 1., 3.], bins=2)", "np.vectorize(lambda x, y: x + 2 * y)([1, 2], 3)", "np.broadcast_shapes((2, 1), (3,))", "np.finfo(np.float32).eps", "np.iinfo(np.int32).max", "np.array([1, 2], dtype=np.float16) / 3",
          "np.lib.stride_tricks.sliding_window_view(np.arange(5), 3)", "np.array_split(np.arange(7), 3)", "np.trapezoid([1, 2, 3], x=[0, 2, 3])", "np.gradient([1, 4, 9, 16])", "np.gradient([1., 4., 9.], [0., 1., 3.])"):
    ncase(e)
write("numpy.json")
