# Hyperparameters: reading, changing, copying, printing.
from sklearn.base import clone
from sklearn.cluster import KMeans
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import MinMaxScaler, StandardScaler

for kind in (LinearRegression, Ridge, LogisticRegression, KNeighborsClassifier, KMeans, StandardScaler, MinMaxScaler):
    print(kind(), kind().get_params())
model = Ridge(alpha=0.5)
print(model.set_params(alpha=3, tol=1e-5), model.alpha)
model.fit([[1.0], [2.0], [3.0]], [1.0, 2.0, 3.0])
copy = clone(model)
print(copy, hasattr(copy, "coef_"), hasattr(model, "coef_"))
print(LogisticRegression(C=1e-05, max_iter=1000, random_state=42, fit_intercept=False, class_weight="balanced", tol=1e-8))
