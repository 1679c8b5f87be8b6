# Frames as samples, columns as targets.
import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import StandardScaler

frame = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0], "b": [1.0, 0.0, 1.0, 0.0], "y": [3.0, 4.0, 7.0, 8.0]})
model = LinearRegression().fit(frame[["a", "b"]], frame["y"])
print(model.coef_.round(4), round(float(model.intercept_), 4))
print(model.feature_names_in_)
print(model.predict(frame[["a", "b"]]).round(4))
print(StandardScaler().fit_transform(frame[["a"]]).round(4))
