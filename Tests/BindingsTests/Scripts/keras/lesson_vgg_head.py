import numpy as np
from tensorflow.keras.applications import VGG16
from tensorflow.keras import layers, Model
base = VGG16(weights=None, include_top=False, input_shape=(32, 32, 3))
for l in base.layers: l.trainable = False
x = layers.GlobalAveragePooling2D()(base.output)
x = layers.Dense(8, activation="relu")(x)
out = layers.Dense(2, activation="softmax")(x)
m = Model(inputs=base.input, outputs=out)
print(len(base.layers), base.count_params(), m.count_params(), len(m.trainable_weights), base.name, m.layers[1].name, m.layers[-1].output.shape)
m.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
print([l.name for l in base.layers])
m.summary()
