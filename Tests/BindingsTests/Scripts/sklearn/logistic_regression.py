# Classes by probabilities.
import numpy as np
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

X, y = load_iris(return_X_y=True)
model = LogisticRegression(max_iter=500).fit(X, y)
print(model)
print(model.classes_, model.coef_.shape, model.intercept_.shape, model.n_iter_.dtype)
print(np.sign(model.coef_), np.allclose(model.coef_.sum(axis=0), 0, atol=1e-6))
print(model.predict(X[::30]), model.predict_proba(X[::50]).round(3))
print(model.decision_function(X[:2]).round(2))
print(round(model.score(X, y), 4))
two = LogisticRegression(C=0.5).fit(X[:100, :2], y[:100])
print(two, two.coef_.round(3), two.decision_function(X[:3, :2]).shape)
