# Scaling and its way back.
import numpy as np
from sklearn.preprocessing import MinMaxScaler, StandardScaler

X = np.array([[1.0, -1.0, 2.0], [2.0, 0.0, 0.0], [0.0, 1.0, -1.0]])
scaler = StandardScaler()
print(scaler, scaler.fit_transform(X).round(4))
print(scaler.mean_.round(4), scaler.scale_.round(4), scaler.var_.round(4))
print(scaler.inverse_transform(scaler.transform(X)).round(4))
small = MinMaxScaler(feature_range=(-1, 1)).fit(X)
print(small, small.transform(X))
print(small.data_min_, small.data_max_, small.data_range_, small.min_.round(3), small.scale_.round(3))
print(StandardScaler(with_std=False).fit(X).transform(X[:1]).round(3))
