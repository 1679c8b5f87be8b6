import numpy as np
import tensorflow as tf
import keras
from keras import layers
class Distiller(keras.Model):
    def __init__(self, student, teacher):
        super().__init__()
        self.teacher, self.student = teacher, student
    def compile(self, optimizer, metrics, student_loss_fn, distillation_loss_fn, alpha=0.1, temperature=3):
        super().compile(optimizer=optimizer, metrics=metrics)
        self.student_loss_fn, self.distillation_loss_fn = student_loss_fn, distillation_loss_fn
        self.alpha, self.temperature = alpha, temperature
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, allow_empty=False):
        teacher_pred = self.teacher(x, training=False)
        student_loss = self.student_loss_fn(y, y_pred)
        distillation_loss = self.distillation_loss_fn(tf.nn.softmax(teacher_pred / self.temperature, axis=1), tf.nn.softmax(y_pred / self.temperature, axis=1)) * (self.temperature ** 2)
        return self.alpha * student_loss + (1 - self.alpha) * distillation_loss
    def call(self, x):
        return self.student(x)
def make(n, name):
    m = keras.Sequential([keras.Input((4,)), layers.Dense(n, activation="relu"), layers.Dense(3)], name=name)
    for i, w in enumerate(m.weights): w.assign(np.sin(np.arange(int(np.prod(w.shape))) * 1.1 + i + n).reshape(w.shape) * 0.5)
    return m
rng = np.random.default_rng(0); X = rng.normal(size=(40, 4)).astype("float32"); Y = X[:, :3].argmax(1)
t, s = make(16, "teacher"), make(4, "student")
t.compile(keras.optimizers.Adam(0.05), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=[keras.metrics.SparseCategoricalAccuracy()])
print({k: [round(float(v), 4) for v in vs] for k, vs in t.fit(X, Y, epochs=3, batch_size=20, shuffle=False, verbose=0).history.items()})
dst = Distiller(s, t)
dst.compile(keras.optimizers.Adam(0.05), [keras.metrics.SparseCategoricalAccuracy()], keras.losses.SparseCategoricalCrossentropy(from_logits=True), keras.losses.KLDivergence(), alpha=0.1, temperature=10)
print({k: [round(float(v), 4) for v in vs] for k, vs in dst.fit(X, Y, epochs=3, batch_size=20, shuffle=False, verbose=0).history.items()})
