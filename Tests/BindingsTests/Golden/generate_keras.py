"""Records what Keras's layers, losses, optimizers and schedules give, for NetworkGoldenTests.swift.

    PYTHON_WITH_KERAS Tests/BindingsTests/Golden/generate_keras.py

Every case is a small program that leaves tensors and numbers in `out`; it runs under both, and the
numbers are compared. Weights are made by a formula. Writes keras.json beside this file.
"""
import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import keras
import numpy as np
import tensorflow as tf

HEAD = """import numpy as np
import keras
import tensorflow as tf
from keras import layers
def data(*shape):
    return np.sin(np.arange(int(np.prod(shape))) * 0.37 + 0.2).reshape(shape).astype("float32")
def fill(layer):
    layer.set_weights([np.cos(np.arange(w.size) * 0.7 + i).reshape(w.shape).astype("float32") * 0.4 + (0.8 if w.ndim == 1 else 0) for i, w in enumerate(layer.get_weights())])
"""
CASES = []


def flat(out):
    numbers = []
    for value in out:
        if value is None:
            continue
        if isinstance(value, (list, tuple)):
            numbers += flat(value)
        else:
            numbers += np.asarray(value, dtype="float64").reshape(-1).tolist()
    return numbers


def case(name, code):
    space = {}
    keras.backend.clear_session()
    exec(HEAD + code, space)
    CASES.append({"name": name, "code": code, "values": " ".join("%.8g" % n for n in flat(space["out"]))})


def layer(make, *inputs, call="l(x)", pick="y", seed=False):
    """Forward, then the gradients of inputs and weights."""
    names = [f"x{i}" for i in range(len(inputs))]
    lines = [f"l = layers.{make}"]
    lines += [f"{n} = tf.constant({g})" for n, g in zip(names, inputs)]
    lines.append("x = " + (names[0] if len(names) == 1 else f"[{', '.join(names)}]"))
    lines += [f"y = {call}", "fill(l)", "with tf.GradientTape() as tape:"]
    watched = [n for n, g in zip(names, inputs) if "int" not in g]
    lines += [f"    tape.watch({n})" for n in watched]
    lines += [f"    y = {call}", f"    y = {pick}", "    size = int(np.prod(y.shape))",
              "    g = tf.reshape(tf.constant(np.linspace(-1, 1, size), dtype='float32'), y.shape)", "    s = tf.reduce_sum(y * g)",
              f"grads = tape.gradient(s, [{', '.join(watched)}] + l.trainable_weights)",
              "out = [y.numpy()] + [tf.convert_to_tensor(v).numpy() for v in grads if v is not None]",
              "out += [w.numpy() for w in l.non_trainable_weights if 'seed' not in w.path]"]
    case(make + ("" if call == "l(x)" else " " + call), "\n".join(lines))


IMAGE, SIGNAL, ROWS, STEPS = "data(2, 6, 7, 3)", "data(2, 8, 3)", "data(5, 4)", "data(2, 5, 3)"

for make in ["Dense(3)", "Dense(3, activation='relu')", "Dense(3, use_bias=False, activation='tanh')", "Dense(2, activation='softmax')", "Dense(3, activation='gelu')"]:
    layer(make, ROWS)
layer("Dense(3, activation='elu')", STEPS)
layer("EinsumDense('abc,cd->abd', output_shape=(None, 4), bias_axes='d')", STEPS)
for padding in ["valid", "same", "causal"]:
    for more in ["", ", strides=2", ", dilation_rate=2"]:
        layer(f"Conv1D(4, 3, padding='{padding}'{more})", SIGNAL)
layer("Conv1D(6, 3, groups=3, use_bias=False)", SIGNAL)
for padding in ["valid", "same"]:
    for more in ["", ", strides=2", ", strides=(2, 1)", ", dilation_rate=2", ", dilation_rate=(1, 2)", ", activation='relu'", ", use_bias=False"]:
        layer(f"Conv2D(4, 3, padding='{padding}'{more})", IMAGE)
    layer(f"Conv2D(6, (2, 3), groups=3, padding='{padding}')", IMAGE)
    for more in ["", ", strides=2", ", strides=(1, 2)", ", use_bias=False"]:
        layer(f"Conv2DTranspose(2, 3, padding='{padding}'{more})", IMAGE)
    layer(f"Conv2DTranspose(2, 4, strides=2, padding='{padding}')", IMAGE)
    layer(f"Conv2DTranspose(2, 2, strides=3, padding='{padding}')", IMAGE)
    for more in ["", ", strides=2"]:
        layer(f"Conv1DTranspose(2, 3, padding='{padding}'{more})", SIGNAL)
        layer(f"DepthwiseConv2D(3, padding='{padding}', depth_multiplier=2{more})", IMAGE)
        layer(f"SeparableConv2D(4, 3, padding='{padding}'{more})", IMAGE)
        layer(f"DepthwiseConv1D(3, padding='{padding}'{more})", SIGNAL)
        layer(f"SeparableConv1D(4, 2, padding='{padding}'{more})", SIGNAL)
    for kind in ["Max", "Average"]:
        for more in ["(2", "(3, strides=2", "((2, 3), strides=1", "((3, 2), strides=(2, 1)"]:
            layer(f"{kind}Pooling2D{more}, padding='{padding}')", IMAGE)
        layer(f"{kind}Pooling1D(3, strides=2, padding='{padding}')", SIGNAL)
for kind in ["GlobalMaxPooling", "GlobalAveragePooling"]:
    layer(f"{kind}1D()", SIGNAL)
    layer(f"{kind}2D(keepdims=True)", IMAGE)
for make, given in [
    ("BatchNormalization()", ROWS), ("BatchNormalization(momentum=0.5, epsilon=0.1)", IMAGE), ("BatchNormalization(center=False)", IMAGE), ("BatchNormalization(scale=False)", ROWS), ("BatchNormalization(axis=1)", IMAGE),
]:
    layer(make, given)
    layer(make, given, call="l(x, training=True)")
for make, given in [
    ("LayerNormalization()", STEPS), ("LayerNormalization(axis=[1, 2], epsilon=0.1)", STEPS), ("LayerNormalization(center=False)", ROWS), ("GroupNormalization(3)", IMAGE), ("GroupNormalization(1, epsilon=0.1)", IMAGE),
    ("RMSNormalization()", STEPS), ("UnitNormalization()", ROWS), ("Flatten()", IMAGE), ("Reshape((7, -1))", IMAGE), ("Permute((3, 1, 2))", IMAGE), ("RepeatVector(3)", ROWS), ("ZeroPadding1D((1, 2))", SIGNAL),
    ("ZeroPadding2D(((1, 0), (2, 1)))", IMAGE), ("Cropping1D((1, 2))", SIGNAL), ("Cropping2D(((1, 0), (2, 1)))", IMAGE), ("UpSampling1D(2)", SIGNAL), ("UpSampling2D((2, 3))", IMAGE), ("UpSampling2D(2, interpolation='bilinear')", IMAGE),
    ("ReLU(max_value=0.5, negative_slope=0.1, threshold=0.1)", ROWS), ("LeakyReLU(0.2)", ROWS), ("ELU(0.7)", ROWS), ("PReLU()", ROWS), ("PReLU(shared_axes=[1, 2])", IMAGE), ("Softmax()", ROWS), ("Softmax(axis=1)", STEPS),
    ("Dropout(0.5)", ROWS), ("Rescaling(0.5, offset=1.0)", ROWS), ("TimeDistributed(layers.Dense(2))", STEPS), ("Masking(0.5)", STEPS), ("Activation('selu')", ROWS),
]:
    layer(make, given)
for act in ["relu", "sigmoid", "tanh", "softplus", "softsign", "elu", "selu", "exponential", "gelu", "silu", "swish", "mish", "leaky_relu", "relu6", "hard_sigmoid", "hard_silu", "log_softmax", "softmax", "linear", "celu", "glu", "hard_tanh", "hard_shrink", "soft_shrink", "tanh_shrink", "squareplus", "log_sigmoid", "threshold"]:
    if act != "threshold":
        layer(f"Activation('{act}')", "data(3, 6) * 3")
for make in ["Add()", "Subtract()", "Multiply()", "Average()", "Maximum()", "Minimum()", "Concatenate()", "Concatenate(axis=1)", "Dot(1)", "Dot(1, normalize=True)"]:
    layer(make, ROWS, "data(5, 4) * 0.5 + 0.1")
layer("Embedding(7, 3)", "np.array([[1, 0, 6], [2, 2, 1]], dtype='int32')")

for kind in ["SimpleRNN", "LSTM", "GRU"]:
    for options in ["", ", return_sequences=True", ", go_backwards=True, return_sequences=True", ", use_bias=False", ", activation='relu'"]:
        layer(f"{kind}(4{options})", STEPS)
    layer(f"{kind}(4, return_state=True)", STEPS, pick="tf.concat(y, -1)")
    for mode in ["concat", "sum", "mul", "ave"]:
        for more in ["", ", return_sequences=True"]:
            layer(f"Bidirectional(layers.{kind}(2{more}), merge_mode='{mode}')", STEPS)
    masks = "l(x, mask=np.array([[True, True, False, True, False], [True, True, True, True, True]]))"
    layer(f"{kind}(3)", STEPS, call=masks)
    layer(f"{kind}(3, return_sequences=True)", STEPS, call=masks)
    state = "[data(2, 3), data(2, 3) * 0.5]" if kind == "LSTM" else "data(2, 3)"
    layer(f"{kind}(3)", STEPS, call=f"l(x, initial_state={state})")
    case(f"{kind} stateful", f"""l = layers.{kind}(3, stateful=True)
x = tf.constant(data(2, 5, 3))
y = l(x)
fill(l)
l.reset_states()
out = [l(x).numpy(), l(x).numpy()]
l.reset_states()
out.append(l(x).numpy())""")
layer("GRU(4, reset_after=False)", STEPS)
layer("LSTM(4, unit_forget_bias=False, recurrent_activation='hard_sigmoid')", STEPS)
layer("RNN([layers.LSTMCell(3), layers.LSTMCell(2)])", STEPS)
layer("RNN(layers.GRUCell(3), return_sequences=True)", STEPS)
for options in ["2, 3", "2, 3, value_dim=2", "2, 3, use_bias=False", "1, 4, output_shape=5"]:
    layer(f"MultiHeadAttention({options})", STEPS, call="l(x, x)")
layer("MultiHeadAttention(2, 3)", STEPS, call="l(x, x, use_causal_mask=True)")
layer("MultiHeadAttention(2, 3)", STEPS, "data(2, 4, 3) * 0.5", call="l(x[0], x[1])")
layer("MultiHeadAttention(2, 3)", STEPS, call="l(x, x, attention_mask=np.tril(np.ones((1, 5, 5))))")
layer("Attention()", STEPS, "data(2, 4, 3) * 0.5")
layer("Attention(use_scale=True)", STEPS, "data(2, 4, 3) * 0.5")
layer("AdditiveAttention()", STEPS, "data(2, 4, 3) * 0.5")

TARGETS = {"binary": "(data(5, 4) > 0).astype('float32')", "classes": "np.array([0, 3, 1, 2, 1])", "soft": "np.exp(data(5, 4)) / np.exp(data(5, 4)).sum(1, keepdims=True)", "numbers": "data(5, 4) * 0.7 + 0.1"}
PREDICTIONS = {"logits": "data(5, 4) * 2 - 0.3", "probabilities": "np.exp(data(5, 4) * 2 - 0.3) / np.exp(data(5, 4) * 2 - 0.3).sum(1, keepdims=True)", "sigmoids": "1 / (1 + np.exp(0.3 - data(5, 4) * 2))"}
for make, target, prediction in [
    ("MeanSquaredError", "numbers", "logits"), ("MeanAbsoluteError", "numbers", "logits"), ("MeanAbsolutePercentageError", "numbers", "logits"), ("MeanSquaredLogarithmicError", "binary", "sigmoids"), ("Huber(delta=0.5", "numbers", "logits"),
    ("LogCosh", "numbers", "logits"), ("CosineSimilarity(axis=1", "numbers", "logits"), ("Hinge", "binary", "logits"), ("SquaredHinge", "binary", "logits"), ("CategoricalHinge", "binary", "logits"), ("Poisson", "binary", "sigmoids"),
    ("KLDivergence", "soft", "probabilities"), ("BinaryCrossentropy", "binary", "sigmoids"), ("BinaryCrossentropy(from_logits=True", "binary", "logits"), ("BinaryCrossentropy(label_smoothing=0.2", "binary", "sigmoids"),
    ("CategoricalCrossentropy", "soft", "probabilities"), ("CategoricalCrossentropy(from_logits=True", "soft", "logits"), ("CategoricalCrossentropy(label_smoothing=0.1", "soft", "probabilities"), ("SparseCategoricalCrossentropy", "classes", "probabilities"),
    ("SparseCategoricalCrossentropy(from_logits=True", "classes", "logits"), ("SparseCategoricalCrossentropy(from_logits=True, ignore_class=1", "classes", "logits"), ("BinaryFocalCrossentropy", "binary", "sigmoids"),
    ("BinaryFocalCrossentropy(gamma=3.0, apply_class_balancing=True", "binary", "sigmoids"), ("CategoricalFocalCrossentropy", "soft", "probabilities"), ("Dice", "binary", "sigmoids"), ("Tversky(alpha=0.3", "binary", "sigmoids"),
]:
    for reduction in ["sum_over_batch_size", "sum", "none"]:
        for weights in ["", ", sample_weight=np.array([1., 0.5, 2., 0., 1.5])"]:
            if weights and make.split("(")[0] in ("Dice", "Tversky"):
                continue
            call = make + ("(" if "(" not in make else ", ") + f"reduction='{reduction}')"
            case(f"{call}{weights}", f"""p = tf.constant({PREDICTIONS[prediction]}, dtype='float32')
with tf.GradientTape() as tape:
    tape.watch(p)
    v = keras.losses.{call}({TARGETS[target]}, p{weights})
    s = tf.reduce_sum(v)
out = [v.numpy(), tape.gradient(s, p).numpy()]""")

for make in ["SGD(0.1)", "SGD(0.1, momentum=0.9)", "SGD(0.1, momentum=0.9, nesterov=True)", "SGD(0.1, weight_decay=0.1)", "SGD(0.1, clipnorm=0.5)", "SGD(0.1, clipvalue=0.1)", "SGD(0.1, global_clipnorm=0.5)", "Adam()", "Adam(0.1)",
             "Adam(0.1, beta_1=0.5, beta_2=0.6, epsilon=0.01)", "Adam(0.1, amsgrad=True)", "AdamW(0.1)", "AdamW(0.1, weight_decay=0.2)", "RMSprop()", "RMSprop(0.05, rho=0.5)", "RMSprop(0.05, momentum=0.5)", "RMSprop(0.05, centered=True)",
             "Adagrad(0.1)", "Adagrad(0.1, initial_accumulator_value=0.5)", "Adadelta(1.0)", "Adadelta(0.5, rho=0.5)", "Adamax(0.1)", "Nadam(0.1)", "Ftrl(0.1)", "Ftrl(0.1, l1_regularization_strength=0.1, l2_regularization_strength=0.1)", "Lion(0.01)"]:
    for table in [False, True]:
        if table and "clip" in make:
            continue
        first = "layers.Embedding(6, 3), layers.Flatten()" if table else "layers.Dense(4, activation='tanh')"
        x = "np.array([[0, 1, 1], [2, 0, 5], [3, 3, 3], [1, 2, 4], [5, 5, 0], [4, 4, 1], [0, 0, 2], [1, 3, 3]])" if table else "data(8, 3)"
        case(f"{make}{' on a table' if table else ''}", f"""m = keras.Sequential([keras.Input((3,)), {first}, layers.Dense(1)])
fill(m)
m.compile(keras.optimizers.{make}, 'mse')
x, y = {x}, data(8, 1)
out = []
for i in range(5):
    out.append(m.train_on_batch(x, y))
    out += m.get_weights()""")

for make in ["ExponentialDecay(0.1, 3, 0.5)", "ExponentialDecay(0.1, 3, 0.5, staircase=True)", "PiecewiseConstantDecay([2, 5], [0.1, 0.05, 0.01])", "PolynomialDecay(0.1, 6, 0.01)", "PolynomialDecay(0.1, 4, 0.01, power=2.0, cycle=True)",
             "InverseTimeDecay(0.1, 2, 0.5)", "InverseTimeDecay(0.1, 2, 0.5, staircase=True)", "CosineDecay(0.1, 8)", "CosineDecay(0.0, 8, alpha=0.1, warmup_target=0.2, warmup_steps=3)", "CosineDecayRestarts(0.1, 3)",
             "CosineDecayRestarts(0.1, 3, t_mul=1.5, m_mul=0.8, alpha=0.1)"]:
    case(make, f"s = keras.optimizers.schedules.{make}\nout = [float(s(i)) for i in range(10)]")
    case(make + " in Adam", f"""v = keras.Variable([1.0, 2.0])
o = keras.optimizers.Adam(keras.optimizers.schedules.{make})
out = []
for i in range(6):
    o.apply([tf.constant([0.5, -1.0])], [v])
    out += [v.numpy(), float(o.learning_rate)]""")

target = pathlib.Path(__file__).with_name("keras.json")
with target.open("w", encoding="utf-8") as file:
    json.dump({"source": f"keras {keras.__version__}, tensorflow {tf.__version__}, generate_keras.py", "head": HEAD, "cases": CASES}, file, indent=0)
print(len(CASES), "cases", target.stat().st_size, "bytes")
