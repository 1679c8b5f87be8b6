import keras, json
from keras import layers
for l in [layers.Dense(3, activation="relu", name="d"), layers.Conv2D(4, 3, strides=2, padding="same", name="c"), layers.LSTM(5, return_sequences=True, name="l"), layers.Dropout(0.2, name="dr"), layers.Embedding(10, 4, name="e"), layers.BatchNormalization(name="b"), layers.MaxPooling2D(2, name="p"), layers.Flatten(name="f"), layers.Activation("relu", name="a"), layers.LayerNormalization(name="ln"), layers.Reshape((2, 3), name="r"), layers.GRU(4, name="g"), layers.Conv1D(2, 3, name="c1"), layers.GlobalAveragePooling2D(name="gap"), layers.Concatenate(name="cc"), layers.Add(name="ad"), layers.ZeroPadding2D(1, name="z"), layers.UpSampling2D(name="u"), layers.Conv2DTranspose(2, 3, name="ct"), layers.Rescaling(0.5, name="rs"), layers.LeakyReLU(name="lr"), layers.Softmax(name="sm"), layers.RepeatVector(3, name="rv"), layers.Permute((2, 1), name="pm"), layers.SimpleRNN(3, name="sr"), layers.MultiHeadAttention(2, 4, name="mha"), layers.GaussianNoise(0.1, name="gn"), layers.SpatialDropout1D(0.1, name="sd"), layers.AveragePooling1D(2, name="ap")]:
    c = l.get_config()
    print(type(l).__name__, json.dumps(c, sort_keys=True, default=str))
print(keras.optimizers.Adam(0.01).get_config())
print(keras.losses.Huber(delta=2.0).get_config())
print(keras.initializers.HeNormal(seed=1).get_config(), keras.regularizers.L1L2(0.1, 0.2).get_config())
print(keras.metrics.Precision().get_config())
print(keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9).get_config())
print(keras.optimizers.SGD(0.1, momentum=0.9).get_config())
print(keras.optimizers.serialize(keras.optimizers.RMSprop()))
print(layers.serialize(layers.ReLU(name="re")))
print(type(layers.deserialize(layers.serialize(layers.Dense(2, name="x")))).__name__)
print(keras.optimizers.get({"class_name": "Adam", "config": {"learning_rate": 0.5}}).learning_rate.numpy())
