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

M = keras.metrics
t = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 1], [0, 1, 0]], dtype="float32")
p = np.array([[0.1, 0.7, 0.2], [0.3, 0.4, 0.3], [0.2, 0.2, 0.6], [0.5, 0.3, 0.2]], dtype="float32")
c = np.array([1, 0, 2, 1])
for m in [M.CategoricalAccuracy(), M.MeanSquaredError(), M.RootMeanSquaredError(), M.MeanAbsoluteError(), M.BinaryAccuracy(), M.CosineSimilarity(), M.KLDivergence(), M.Poisson(), M.LogCoshError(), M.BinaryCrossentropy(), M.CategoricalCrossentropy(), M.TopKCategoricalAccuracy(k=2), M.Precision(), M.Recall(), M.AUC(), M.AUC(curve="PR"), M.TruePositives(), M.FalsePositives(), M.TrueNegatives(), M.FalseNegatives(), M.F1Score(), M.F1Score(average="macro"), M.FBetaScore(beta=2.0, average="weighted", threshold=0.3), M.R2Score(), M.SensitivityAtSpecificity(0.5), M.PrecisionAtRecall(0.5), M.CategoricalHinge()]:
    m.update_state(t, p)
    a = np.asarray(m.result())
    m.update_state(t[:2], p[:2])
    show(type(m).__name__, a)
    show(" more", m.result())
    m.reset_state()
    m.update_state(t[2:], p[2:])
    show(" reset", m.result())
for m in [M.SparseCategoricalAccuracy(), M.SparseTopKCategoricalAccuracy(k=2), M.SparseCategoricalCrossentropy()]:
    m.update_state(c, p, sample_weight=np.array([1.0, 0.0, 2.0, 1.0]))
    show(m.name, m.result())
i = M.MeanIoU(num_classes=3)
i.update_state(c, np.array([1, 1, 2, 0]))
show("iou", i.result())
a = M.Accuracy()
a.update_state(c, np.array([1, 1, 2, 0]))
show("acc", a.result())
m = M.Mean()
m.update_state([1.0, 2.0, 3.0])
m.update_state(5.0)
print(float(m.result()))
s = M.Sum()
s.update_state([1.0, 2.0])
print(float(s.result()), m.name, s.name)
print(M.Precision(name="p").name, repr(M.BinaryAccuracy()))
