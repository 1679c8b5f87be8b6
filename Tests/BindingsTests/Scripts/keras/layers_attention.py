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

q, v = data(2, 3, 4), data(2, 5, 4)
m = layers.MultiHeadAttention(num_heads=2, key_dim=3)
m(q, v)
fill(m)
show("heads", m(q, v))
out, scores = m(q, v, return_attention_scores=True)
show("scores", scores)
show("causal", m(q, q, use_causal_mask=True))
show("mask", m(q, v, attention_mask=np.array([[[1, 1, 0, 0, 1]] * 3] * 2).astype(bool)))
print([w.path.split("/", 1)[1] for w in m.weights])
show("dot", layers.Attention()([q, v]))
a = layers.AdditiveAttention()
a([q, v])
fill(a)
show("additive", a([q, v]))
