# Least squares: coefficients, predictions, the score.
import numpy as np
from sklearn.linear_model import LinearRegression

X = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 5.0], [4.0, 3.0], [5.0, 8.0]])
y = X @ np.array([2.0, -1.0]) + 3
model = LinearRegression()
print(model)
print(model.fit(X, y) is model)
print(model.coef_.round(6), round(float(model.intercept_), 6))
print(model.predict([[6.0, 1.0]]).round(6))
print(round(model.score(X, y), 6), model.n_features_in_, model.rank_)
flat = LinearRegression(fit_intercept=False).fit(X, y)
print(flat, flat.intercept_, flat.coef_.round(4))
both = LinearRegression().fit(X, np.column_stack([y, -y]))
print(both.coef_.shape, both.intercept_.shape, both.predict(X[:2]).round(4))
