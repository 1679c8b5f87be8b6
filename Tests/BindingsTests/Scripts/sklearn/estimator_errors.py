# What estimators refuse, and in which words.
import numpy as np
from sklearn.exceptions import NotFittedError
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier

X = np.arange(12.0).reshape(6, 2)
y = [0, 1, 0, 1, 0, 1]


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, isinstance(error, ValueError))
        print(error)


show(lambda: Ridge().predict(X))
try:
    Ridge().predict(X)
except NotFittedError as error:
    print("caught", isinstance(error, AttributeError))
show(lambda: Ridge().coef_)
show(lambda: Ridge(alpha=-1).fit(X, y))
show(lambda: Ridge(alpha="a").fit(X, y))
show(lambda: Ridge(fit_intercept=3).fit(X, y))
show(lambda: Ridge(foo=3))
show(lambda: Ridge().set_params(foo=3))
show(lambda: Ridge().fit(X, y).predict([[1, 2, 3]]))
show(lambda: Ridge().fit(X, y).predict([1, 2, 3]))
show(lambda: Ridge().fit(X, y).predict(np.zeros((0, 2))))
show(lambda: Ridge().fit(X, y[:3]))
show(lambda: Ridge().fit(X, None))
show(lambda: Ridge().fit([[np.nan]], [1]))
show(lambda: Ridge().fit([[np.inf]], [1]))
show(lambda: Ridge().fit([[1.0], [2.0]], [1, np.nan]))
show(lambda: LogisticRegression().fit(X, [1] * 6))
show(lambda: LogisticRegression().fit(X, [1.5, 2.5, 3, 4, 5, 6]))
show(lambda: LogisticRegression(C=0).fit(X, y))
show(lambda: LogisticRegression(max_iter=-1).fit(X, y))
show(lambda: KNeighborsClassifier(0).fit(X, y))
show(lambda: KNeighborsClassifier(9).fit(X, y).predict(X))
show(lambda: KMeans(9).fit(X))
show(lambda: KMeans(0).fit(X))
