import numpy as np
import keras
from keras import layers
def fill(m):
    for i, w in enumerate(m.weights):
        w.assign(np.sin(np.arange(int(np.prod(w.shape))) * 1.3 + i).reshape(w.shape) * 0.3)
enc_in = keras.Input((None, 5), name="enc"); enc = layers.LSTM(6, return_state=True, name="encoder")
_, h, c = enc(enc_in)
dec_in = keras.Input((None, 4), name="dec"); dec = layers.LSTM(6, return_sequences=True, return_state=True, name="decoder")
d, _, _ = dec(dec_in, initial_state=[h, c])
out = layers.Dense(4, activation="softmax", name="out")(d)
model = keras.Model([enc_in, dec_in], out, name="seq2seq")
fill(model)
model.summary()
rng = np.random.default_rng(0)
E = np.eye(5, dtype="float32")[rng.integers(0, 5, (12, 6))]; D = np.eye(4, dtype="float32")[rng.integers(0, 4, (12, 5))]; T = np.eye(4, dtype="float32")[rng.integers(0, 4, (12, 5))]
model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
h_ = model.fit([E, D], T, batch_size=4, epochs=2, shuffle=False, verbose=0)
print([round(v, 4) for v in h_.history["loss"]], [round(v, 4) for v in h_.history["accuracy"]])
enc_model = keras.Model(enc_in, [h, c])
print([np.round(s, 3)[0] for s in enc_model.predict(E[:1], verbose=0)])
sh, sc = keras.Input((6,)), keras.Input((6,))
d2, h2, c2 = dec(dec_in, initial_state=[sh, sc])
dm = keras.Model([dec_in, sh, sc], [layers.Dense(4, name="o2")(d2), h2, c2])
print([o.shape for o in dm.outputs])
bi = keras.Sequential([keras.Input((6, 5)), layers.Bidirectional(layers.GRU(3, return_sequences=True), name="bi"), layers.TimeDistributed(layers.Dense(2), name="td"), layers.Flatten(), layers.Dense(1)])
fill(bi); bi.summary(); print(np.round(bi.predict(E[:2], verbose=0), 4))
att = layers.Attention(); q = np.sin(np.arange(24)).reshape(1, 4, 6).astype("float32")
o, s = att([q, q], return_attention_scores=True); print(np.round(s, 3))
mha = layers.MultiHeadAttention(2, 3); y, sc = mha(q, q, return_attention_scores=True); print(y.shape, sc.shape, mha.count_params())
