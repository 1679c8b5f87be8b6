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

t = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]], dtype="float32")
p = np.array([[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]], dtype="float32")
L = keras.losses
for loss in [L.MeanSquaredError(), L.MeanAbsoluteError(), L.MeanAbsolutePercentageError(), L.MeanSquaredLogarithmicError(), L.Huber(0.3), L.LogCosh(), L.KLDivergence(), L.Poisson(), L.Hinge(), L.SquaredHinge(), L.CategoricalHinge(), L.CosineSimilarity(), L.BinaryCrossentropy(), L.BinaryCrossentropy(from_logits=True, label_smoothing=0.1), L.CategoricalCrossentropy(), L.CategoricalCrossentropy(from_logits=True, label_smoothing=0.2), L.BinaryFocalCrossentropy(), L.CategoricalFocalCrossentropy(), L.Dice(), L.Tversky()]:
    show(loss.name, loss(t, p))
    if loss.name not in ("dice", "tversky"):
        show("weighted", loss(t, p, sample_weight=np.array([1.0, 3.0])))
for r in ["sum", "none", "sum_over_batch_size"]:
    show(r, L.SparseCategoricalCrossentropy(reduction=r)(np.array([1, 2]), p))
show("sparse logits", L.SparseCategoricalCrossentropy(from_logits=True)(np.array([[1], [2]]), p))
show("ignored", L.SparseCategoricalCrossentropy(ignore_class=2)(np.array([1, 2]), p))
for name in ["mean_squared_error", "binary_crossentropy", "categorical_crossentropy", "huber", "kl_divergence", "cosine_similarity"]:
    show(name, getattr(L, name)(t, p))
print(L.get("mse").name if hasattr(L.get("mse"), "name") else L.get("mse").__name__)
