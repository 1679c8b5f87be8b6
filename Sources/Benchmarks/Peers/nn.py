"""PyTorch's or Keras's side of the networks: reads one request a line, answers one line of JSON.

Started with the framework's name, `torch` or `keras`. A request is {"name": ..., "seconds": ...,
"threads": ...}: run the workload of that name for about that long. The answer holds the wall and CPU
seconds of each step, with the first answer the mean loss of the first epoch where weights are given.
{"name": null} ends it.
"""

import json
import os
import sys
import time

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
THREADS = int(os.environ.get("OMP_NUM_THREADS", "1"))
if THREADS == 1:
    os.environ["TF_NUM_INTEROP_THREADS"] = "1"
import numpy as np


def upper_bits(seed, n):
    """The generator of `Workload.uniform`: the upper 24 bits of each state."""
    mask = (1 << 64) - 1
    state = (seed * 2862933555777941757 + 3037000493) & mask
    with np.errstate(over="ignore"):
        powers = np.full(n, 6364136223846793005, dtype=np.uint64)
        np.multiply.accumulate(powers, out=powers)
        sums = np.concatenate([np.ones(1, np.uint64), powers[:-1]])
        np.add.accumulate(sums, out=sums)
        states = powers * np.uint64(state) + sums * np.uint64(1442695040888963407)
    return (states >> np.uint64(40)).astype(np.int64)


def uniform(seed, *shape):
    u = upper_bits(seed, int(np.prod(shape))).astype(np.float32) / np.float32(1 << 24)
    return u.reshape(shape)


def integers(seed, limit, *shape):
    return ((upper_bits(seed, int(np.prod(shape))) * limit) >> 24).reshape(shape)


def classes(x, seed):
    p = uniform(seed, x.shape[1], 10) - np.float32(0.5)
    return (x.astype(np.float64) @ p.astype(np.float64)).argmax(1)


def weights(seed, fan_in, *shape):
    return (uniform(seed, *shape) * 2 - 1) / np.float32(np.sqrt(fan_in))


def perceptron_data(name):
    n, i, h, sx, sp = (1792, 64, 32, 11, 13) if name == "mlp_small" else (8192, 784, 512, 21, 23)
    x = uniform(sx, n, i)
    return x, classes(x, sp), weights(100, i, i, h), weights(101, h, h, 10)


def picture_data():
    x = uniform(31, 1024, 1, 28, 28)
    w = [
        weights(100, 9, 32, 1, 3, 3),
        weights(101, 288, 64, 32, 3, 3),
        weights(102, 1600, 1600, 128),
        weights(103, 128, 128, 10),
    ]
    return x, classes(x.reshape(1024, 784), 33), w


def token_data():
    t = integers(41, 10000, 1024, 100)
    return t, (t[:, 0] < 5000).astype(np.int64)


def masked_data():
    t = integers(51, 7998, 64, 128) + 2
    m = uniform(52, 64, 128) < 0.15
    return np.where(m, 1, t), np.where(m, t, -100)


BATCH = {"mlp_small": 32, "mlp_mnist": 128, "cnn": 64, "lstm": 32, "bert": 8, "bert_infer": 8}


# A maker gives a step, how often a step counts, and the loss of the first epoch or None.


def torch_maker(name):
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    torch.set_num_threads(THREADS)
    torch.manual_seed(0)
    t = torch.from_numpy

    def dense(w):
        layer = nn.Linear(*w.shape)
        layer.weight.data = t(w.T.copy())
        layer.bias.data.zero_()
        return layer

    def convolution(w):
        layer = nn.Conv2d(w.shape[1], w.shape[0], 3)
        layer.weight.data = t(w)
        layer.bias.data.zero_()
        return layer

    class Recurrent(nn.Module):
        def __init__(self):
            super().__init__()
            self.e = nn.Embedding(10000, 128)
            self.l = nn.LSTM(128, 64, batch_first=True)
            self.d = nn.Linear(64, 2)

        def forward(self, x):
            return self.d(self.l(self.e(x))[0][:, -1])

    class Block(nn.Module):
        def __init__(self, causal, d=256):
            super().__init__()
            self.causal = causal
            self.qkv, self.o = nn.Linear(d, 3 * d), nn.Linear(d, d)
            self.f1, self.f2 = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)
            self.n1, self.n2 = nn.LayerNorm(d), nn.LayerNorm(d)

        def forward(self, x, kept=None):
            b, s, d = x.shape
            h = self.n1(x) if self.causal else x
            q, k, v = (z.view(b, s, 4, d // 4).transpose(1, 2) for z in self.qkv(h).split(d, -1))
            if kept is not None:
                if kept[0] is not None:
                    k, v = torch.cat((kept[0], k), 2), torch.cat((kept[1], v), 2)
                kept[0], kept[1] = k, v
            z = F.scaled_dot_product_attention(q, k, v, is_causal=self.causal and s > 1)
            z = self.o(z.transpose(1, 2).reshape(b, s, d))
            if self.causal:
                x = x + z
                return x + self.f2(F.gelu(self.f1(self.n2(x)), approximate="tanh"))
            x = self.n1(x + z)
            return self.n2(x + self.f2(F.gelu(self.f1(x), approximate="tanh")))

    class Transformer(nn.Module):
        def __init__(self, causal, d=256, vocabulary=8000, places=256):
            super().__init__()
            self.causal = causal
            self.te, self.pe = nn.Embedding(vocabulary, d), nn.Embedding(places, d)
            self.ln, self.head = nn.LayerNorm(d), nn.Linear(d, vocabulary)
            self.b = nn.ModuleList(Block(causal) for _ in range(4))
            for p in self.parameters():
                if p.dim() > 1:
                    nn.init.normal_(p, 0, 0.02)

        def forward(self, x, kept=None, place=0):
            h = self.te(x) + self.pe(torch.arange(place, place + x.shape[1]))
            if not self.causal:
                h = self.ln(h)
            for i, block in enumerate(self.b):
                h = block(h, kept[i] if kept else None)
            return self.head(self.ln(h) if self.causal else h)

    def trained(m, opt, x, y, loss=None):
        loss = loss or (lambda x, y: F.cross_entropy(m(x), y))
        size, at = BATCH[name], [0]

        def step():
            i = at[0]
            at[0] = (i + size) % (len(x) // size * size)
            opt.zero_grad()
            value = loss(x[i : i + size], y[i : i + size])
            value.backward()
            opt.step()
            return value.detach()

        return step

    def first_epoch(make):
        step, n = make()
        return float(sum(step() for _ in range(n)) / n)

    if name in ("mlp_small", "mlp_mnist", "cnn"):

        def make():
            if name == "cnn":
                x, y, w = picture_data()
                m = nn.Sequential(
                    convolution(w[0]), nn.ReLU(), nn.MaxPool2d(2),
                    convolution(w[1]), nn.ReLU(), nn.MaxPool2d(2),
                    nn.Flatten(), dense(w[2]), nn.ReLU(), dense(w[3]),
                )  # fmt: skip
            else:
                x, y, w1, w2 = perceptron_data(name)
                m = nn.Sequential(dense(w1), nn.ReLU(), dense(w2))
            opt = (
                torch.optim.SGD(m.parameters(), lr=0.01, momentum=0.9)
                if name == "mlp_mnist"
                else torch.optim.Adam(m.parameters(), lr=1e-3)
            )
            return trained(m, opt, t(x), t(y)), len(x) // BATCH[name]

        return make()[0], 1, first_epoch(make)
    if name == "lstm":
        x, y = token_data()
        m = Recurrent()
        return trained(m, torch.optim.Adam(m.parameters(), lr=1e-3), t(x), t(y)), 1, None
    if name in ("bert", "bert_infer"):
        x, y = map(t, masked_data())
        m = Transformer(False)
        if name == "bert":
            opt = torch.optim.AdamW(m.parameters(), lr=1e-4, weight_decay=0.01)

            def loss(x, y):
                return F.cross_entropy(m(x).view(-1, 8000), y.view(-1), ignore_index=-100)

            return trained(m, opt, x, y, loss), 1, None
        m.eval()
        at = [0]

        def forward():
            i = at[0]
            at[0] = (i + 8) % 64
            with torch.no_grad():
                m(x[i : i + 8])

        return forward, 1, None
    if name == "gpt":
        m = Transformer(True).eval()
        prompt = t(integers(61, 8000, 1, 16))

        def generate():
            with torch.inference_mode():
                kept = [[None, None] for _ in range(4)]
                token = m(prompt, kept, 0)[:, -1].argmax(-1, keepdim=True)
                int(token)
                for i in range(127):
                    token = m(token, kept, 16 + i)[:, -1].argmax(-1, keepdim=True)
                    int(token)

        return generate, 128, None
    return None


def keras_maker(name):
    import keras
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
    keras.utils.set_random_seed(0)
    layers = keras.layers

    def make():
        opt = keras.optimizers.Adam(1e-3, epsilon=1e-8)
        if name == "cnn":
            x, y, w = picture_data()
            x = x.transpose(0, 2, 3, 1).copy()
            m = keras.Sequential([
                keras.Input((28, 28, 1)),
                layers.Conv2D(32, 3, activation="relu"), layers.MaxPool2D(),
                layers.Conv2D(64, 3, activation="relu"), layers.MaxPool2D(),
                layers.Permute((3, 1, 2)), layers.Flatten(),
                layers.Dense(128, activation="relu"), layers.Dense(10),
            ])  # fmt: skip
            kernels = [w[0].transpose(2, 3, 1, 0), w[1].transpose(2, 3, 1, 0), w[2], w[3]]
        elif name == "lstm":
            x, y = token_data()
            m = keras.Sequential([
                keras.Input((100,), dtype="int32"),
                layers.Embedding(10000, 128), layers.LSTM(64), layers.Dense(2),
            ])  # fmt: skip
            kernels = None
        else:
            x, y, w1, w2 = perceptron_data(name)
            m = keras.Sequential([
                keras.Input((w1.shape[0],)),
                layers.Dense(w1.shape[1], activation="relu"), layers.Dense(10),
            ])  # fmt: skip
            kernels = [w1, w2]
            if name == "mlp_mnist":
                opt = keras.optimizers.SGD(0.01, momentum=0.9)
        if kernels:
            m.set_weights([v for k in kernels for v in (k, np.zeros(k.shape[-1]))])
        m.compile(opt, keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        times = []

        class Clock(keras.callbacks.Callback):
            """Only what is between the first and the last batch of an epoch is the step's."""

            def on_epoch_begin(self, epoch, logs=None):
                self.start = time.perf_counter(), time.process_time()

            def on_epoch_end(self, epoch, logs=None):
                wall, cpu = self.start
                times.append((time.perf_counter() - wall, time.process_time() - cpu))

        size = BATCH[name]

        def epoch(epochs=1):
            return m.fit(
                x, y, batch_size=size, epochs=epochs, verbose=0, shuffle=False, callbacks=[Clock()]
            ).history["loss"]

        return epoch, len(x) // size, times

    if name not in ("mlp_small", "mlp_mnist", "cnn", "lstm"):
        return None
    epoch, count, times = make()
    loss = epoch()[0]
    epoch.times = times
    return epoch, count, None if name == "lstm" else loss


def main():
    framework = sys.argv[1] if len(sys.argv) > 1 else "torch"
    maker = keras_maker if framework == "keras" else torch_maker
    made = {}
    for line in sys.stdin:
        request = json.loads(line)
        name = request["name"]
        if name is None:
            return
        if name not in made:
            made.clear()
            made[name] = maker(name)
            if made[name] and framework != "keras":
                for _ in range(3):
                    made[name][0]()
        wall, cpu, loss = [], [], None
        if made[name]:
            step, times, loss = made[name]
            end = time.perf_counter() + request["seconds"]
            while len(wall) < 3 or time.perf_counter() < end:
                if framework == "keras":
                    step.times.clear()
                    step(2)  # the first of two epochs pays for the start of fit
                    wall.append(step.times[1][0] / times)
                    cpu.append(step.times[1][1] / times)
                    continue
                c, w = time.process_time(), time.perf_counter()
                step()
                wall.append((time.perf_counter() - w) / times)
                cpu.append((time.process_time() - c) / times)
        print(json.dumps({"wall": wall, "cpu": cpu, "loss": loss}), flush=True)


main()
