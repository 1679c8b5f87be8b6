import numpy as np
import keras
from keras import layers


def show(name, x):
    x = np.asarray(x, dtype="float64")
    print(name, x.shape, " ".join(f"{v:.4f}" for v in (x.reshape(-1) + 0.0)[:12]), f"sum {x.sum():.3f}")


def fill(layer):
    """Weights that both have."""
    layer.set_weights([np.cos(np.arange(w.size) * 0.7 + 1).reshape(w.shape).astype("float32") * 0.4 for w in layer.get_weights()])


def data(*shape):
    return np.sin(np.arange(int(np.prod(shape))) * 0.3).reshape(shape).astype("float32")

ops = keras.ops
a = data(2, 3)
b = data(2, 3) + 2
for f in ["add", "subtract", "multiply", "divide", "maximum", "minimum", "power"]:
    show(f, getattr(ops, f)(np.abs(a), b))
for f in ["exp", "log", "sqrt", "square", "abs", "negative", "sin", "cos", "tanh", "sigmoid", "relu", "floor", "ceil", "sign"]:
    show(f, getattr(ops, f)(b))
for f in ["sum", "mean", "max", "min", "prod", "std", "var"]:
    show(f, getattr(ops, f)(a))
    show(f, getattr(ops, f)(a, axis=1, keepdims=True))
print(np.asarray(ops.argmax(a, axis=1)).tolist(), ops.shape(a))
show("reshape", ops.reshape(a, (3, 2)))
show("transpose", ops.transpose(a))
show("concat", ops.concatenate([a, b], axis=1))
show("stack", ops.stack([a, b]))
show("matmul", ops.matmul(a, ops.transpose(b)))
show("softmax", ops.softmax(a))
show("where", ops.where(a > 0, a, b))
show("clip", ops.clip(a, -0.1, 0.2))
show("expand", ops.expand_dims(a, 1))
show("one_hot", ops.one_hot(np.array([0, 2]), 3))
show("cast", ops.cast(b, "int32"))
show("einsum", ops.einsum("ij,kj->ik", a, b))
show("take", ops.take(a, np.array([1, 0]), axis=1))
show("split", ops.split(a, 3, axis=1)[1])
show("arange", ops.arange(5))
show("linspace", ops.linspace(0.0, 1.0, 5))
show("zeros", ops.zeros((2, 2)))
show("norm", ops.norm(a))
show("cumsum", ops.cumsum(a, axis=1))
print(np.asarray(ops.top_k(a, 2)[1]).tolist(), np.asarray(ops.isnan(a)).any())
