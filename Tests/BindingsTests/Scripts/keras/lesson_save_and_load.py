import numpy as np
import tensorflow as tf
from tensorflow.keras.models import Sequential, Model, load_model
from tensorflow.keras.layers import Dense, Dropout, Input, Conv2D, MaxPooling2D, Flatten, Embedding, LSTM, concatenate, GlobalAveragePooling2D
from tensorflow.keras.optimizers import Adam, SGD
from tensorflow.keras.callbacks import EarlyStopping, ModelCheckpoint, ReduceLROnPlateau
from tensorflow.keras.regularizers import l2
from tensorflow.keras.utils import to_categorical
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
import os, tempfile
X, y = load_breast_cancer(return_X_y=True)
Xtr, Xte, ytr, yte = train_test_split(X, y, test_size=0.25, random_state=42)
sc = StandardScaler().fit(Xtr); Xtr, Xte = sc.transform(Xtr), sc.transform(Xte)
model = Sequential()
model.add(Dense(16, activation="relu", input_shape=(30,), kernel_regularizer=l2(0.01)))
model.add(Dropout(0.0))
model.add(Dense(1, activation="sigmoid"))
for i, w in enumerate(model.weights): w.assign(np.cos(np.arange(int(np.prod(w.shape))) + i).reshape(w.shape) * 0.2)
model.compile(optimizer=Adam(learning_rate=0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.summary()
d = tempfile.mkdtemp()
es = EarlyStopping(monitor="val_loss", patience=2, restore_best_weights=True)
ck = ModelCheckpoint(os.path.join(d, "best.keras"), monitor="val_loss", save_best_only=True)
h = model.fit(Xtr, ytr, epochs=8, batch_size=32, validation_split=0.2, callbacks=[es, ck], verbose=0, shuffle=False)
print(len(h.history["loss"]), [round(v, 4) for v in h.history["val_loss"]])
print(np.round(model.evaluate(Xte, yte, verbose=0), 4))
best = load_model(os.path.join(d, "best.keras"))
print(np.round(best.evaluate(Xte, yte, verbose=0), 4))
pred = (model.predict(Xte, verbose=0) > 0.5).astype(int).ravel()
print((pred == yte).mean().round(4), np.bincount(pred))
model.save(os.path.join(d, "my_model.h5"))
again = load_model(os.path.join(d, "my_model.h5"))
print(np.allclose(again.predict(Xte, verbose=0), model.predict(Xte, verbose=0), atol=1e-6))
