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

x = np.linspace(-3, 3, 7).astype("float32")[None]
for name in ["relu", "sigmoid", "softmax", "softplus", "softsign", "tanh", "selu", "elu", "exponential", "linear", "hard_sigmoid", "hard_silu", "hard_tanh", "hard_shrink", "leaky_relu", "relu6", "silu", "gelu", "mish", "celu", "log_sigmoid", "log_softmax", "soft_shrink", "squareplus", "sparse_plus", "tanh_shrink"]:
    show(name, getattr(keras.activations, name)(x))
show("relu+", keras.activations.relu(x, negative_slope=0.1, max_value=2.0, threshold=0.5))
show("gelu~", keras.activations.gelu(x, approximate=True))
print(keras.activations.get("relu").__name__)
