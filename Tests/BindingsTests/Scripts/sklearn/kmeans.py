# Clusters around centres.
import numpy as np
from sklearn.cluster import KMeans

X = np.array([[1, 2], [1, 4], [1, 0], [10, 2], [10, 4], [10, 0]])
model = KMeans(n_clusters=2, random_state=0, n_init="auto").fit(X)
print(model)
print(model.labels_, model.labels_.dtype)
print(model.cluster_centers_)
print(model.predict([[0, 0], [12, 3]]), model.inertia_, model.n_iter_)
print(model.transform(X[:2]).round(3), model.score(X))
print(KMeans(2, random_state=1, n_init=3).fit_predict(X).shape)
